import { useT, useWords } from '~/i18n/use-t';
import { LinkLine, Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Whole } from '~/ui/whole';
import { Sheets } from './sheet';
import type { MadeStatement, StatementsView } from './statement.server';

interface StatementPageProps {
  readonly view: StatementsView;
  readonly withdrawn: boolean;
}

/** What a statement is for, a button to make one, and those that can still be checked. */
export function StatementPage({ view, withdrawn }: StatementPageProps) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('statement:title')}</h1>
      {withdrawn ? <Notice tone="good" live text={t('statement:withdrawn')} /> : null}
      <p>{t('statement:lead')}</p>
      <p>{t('statement:shows', { days: view.days })}</p>
      <p>{t('statement:noProof')}</p>
      {view.can === 'none' ? <Notice tone="plain" text={t('statement:cannot')} /> : null}
      {view.can === 'too-many' ? <Notice tone="plain" text={t('statement:tooMany', { most: view.most })} /> : null}
      {view.can === 'make' ? (
        <form method="post" action="?" aria-label={t('statement:make')}>
          <FormOwner />
          <Submit name="do" value="make" label={t('statement:make')} />
        </form>
      ) : null}
      {view.list.length > 0 ? <Made list={view.list} /> : null}
      <LinkLine href={`/${language}/cases/${view.caseRef}`} label={t('appointment:booking.toCase')} />
    </>
  );
}

function Made({ list }: Pick<StatementsView, 'list'>) {
  const t = useT();
  return (
    <Section title={t('statement:mine')}>
      <ul>
        {list.map(({ id, made, until, checks }) => (
          <li key={id}>
            <p>
              {t('statement:madeOn', { made, until })} {t('statement:checks', { number: checks })}
            </p>
            <form method="post" action="?" aria-label={t('statement:withdraw', { made })}>
              <FormOwner />
              <input type="hidden" name="statement" value={id} />
              <Submit name="do" value="withdraw" label={t('statement:withdraw', { made })} quiet />
            </form>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The sheet to print. Its code stands here and nowhere else. */
export function StatementSheet({ made, caseRef }: { readonly made: MadeStatement; readonly caseRef: string }) {
  const { language, t } = useWords();
  const { size, path } = made.qr;
  return (
    <>
      <h1>{made.agency}</h1>
      <div className="statement__hint">
        <Notice tone="care" live answers text={t('statement:once')} />
      </div>
      <Sheets sheets={made.sheets} />
      <p>
        {t('statement:sheet.check')} <Whole text={made.where} />
      </p>
      <p className="code">
        <Whole text={made.code} />
      </p>
      <svg className="statement__qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('statement:qr')}>
        <path d={path} fill="#000000" />
      </svg>
      <div className="statement__hint">
        <LinkLine href={`/${language}/cases/${caseRef}/statement`} label={t('statement:mine')} />
      </div>
    </>
  );
}
