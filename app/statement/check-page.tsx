import { useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';
import type { CheckedStatement } from './check.server';
import { Sheets } from './sheet';

interface CheckPageProps {
  /** Null when no code was given. */
  readonly asked: { readonly statement: CheckedStatement | null } | null;
}

/** For whom somebody hands a statement: what it really says. */
export function CheckPage({ asked }: CheckPageProps) {
  const { language, t } = useWords();
  const statement = asked?.statement ?? null;
  return (
    <>
      <h1>{t('statement:check.title')}</h1>
      {statement ? (
        <>
          <Notice tone="good" title={t('statement:check.genuine')}>
            <p>{t('statement:check.compare')}</p>
            <p>{t('statement:check.until', { date: statement.until })}</p>
          </Notice>
          <Sheets sheets={statement.sheets} />
          <p>{t('statement:check.seen')}</p>
        </>
      ) : null}
      {asked && !statement ? (
        <Notice tone="bad" title={t('statement:check.none')}>
          <p>{t('statement:check.noneMore')}</p>
        </Notice>
      ) : null}
      {statement ? null : (
        <form method="post" action={`/${language}/check`} aria-label={t('statement:check.title')}>
          <Field
            name="code"
            label={t('statement:check.code')}
            hint={t('statement:check.hint')}
            value=""
            autoComplete="off"
            required
          />
          <Submit label={t('statement:check.button')} />
        </form>
      )}
    </>
  );
}
