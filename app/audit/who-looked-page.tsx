import type { ReactNode } from 'react';
import { useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import type { LookView } from './who-looked.server';

interface WhoLookedPageProps {
  readonly looks: readonly LookView[];
  /** What follows the looks. */
  readonly children?: ReactNode;
}

/** Who else looked at the reader's data, when and why. */
export function WhoLookedPage({ looks, children }: WhoLookedPageProps) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('audit:title')}</h1>
      <p>{t('audit:lead')}</p>
      {looks.length === 0 ? <p>{t('audit:none')}</p> : null}
      <p>{t('audit:later')}</p>
      <ol className="cards">
        {looks.map((look) => (
          <li className="card" key={look.id}>
            <p>
              <strong>{look.who}</strong> · {look.when}
              {look.times > 1 ? ` · ${t('audit:times', { count: look.times })}` : ''}
            </p>
            <p>{look.what}</p>
            {look.notSent ? <p>{t('audit:notSent')}</p> : null}
            <p className="soft">{look.why}</p>
          </li>
        ))}
      </ol>
      {children}
      <p>{t('audit:wrong')}</p>
      <LinkLine href={`/${language}/mandates`} label={t('mandate:title')} />
    </>
  );
}
