import { useT, useWords } from '~/i18n/use-t';
import { MISSING } from '~/model/page-answer';
import { LinkLine } from '~/ui/buttons';
import type { AskedAbout } from './page-answer.server';

interface PageAnswerFormProps {
  readonly asked: AskedAbout;
  /** The page's address without what an answer added to it. */
  readonly page: string;
  /** What the reader answered, as the address says; null before. */
  readonly answered: string | null;
}

/** "Did this page answer your question?", at the foot of a page. It works without scripts, and holds no free text. */
export function PageAnswerForm({ asked, page, answered }: PageAnswerFormProps) {
  const { language, t } = useWords();
  const isContact = asked.page === 'contact';
  return (
    <section id="answered" className="frame answered" aria-labelledby="answered-title">
      <h2 id="answered-title">{t('contact:answered.title')}</h2>
      {answered === 'yes' || answered === 'missing' ? <p role="status">{t('contact:answered.thanks')}</p> : null}
      {answered === 'no' ? (
        <>
          <p role="status">{t('contact:answered.missing')}</p>
          <Taps asked={asked} page={page} answers={MISSING} />
        </>
      ) : null}
      {answered === 'no' || answered === 'missing' ? (
        <LinkLine
          href={isContact ? '#main' : `/${language}/contact`}
          label={isContact ? t('contact:phone.title') : t('contact:answered.next')}
        />
      ) : null}
      {answered === null ? <Taps asked={asked} page={page} answers={['yes', 'no']} /> : null}
    </section>
  );
}

interface TapsProps extends Pick<PageAnswerFormProps, 'asked' | 'page'> {
  readonly answers: readonly ('yes' | 'no' | (typeof MISSING)[number])[];
}

function Taps({ asked, page, answers }: TapsProps) {
  const { language } = useWords();
  const t = useT();
  return (
    <form method="post" action={`/${language}/answered`} aria-labelledby="answered-title">
      <input type="hidden" name="page" value={asked.page} />
      <input type="hidden" name="procedure" value={asked.procedure ?? ''} />
      <input type="hidden" name="stage" value={asked.stage ?? ''} />
      <input type="hidden" name="once" value={asked.once} />
      <input type="hidden" name="back" value={page} />
      <p className="buttons">
        {answers.map((answer) => (
          <button className="button button--quiet" type="submit" name="answer" value={answer} key={answer}>
            {t(`contact:answered.${answer}`)}
          </button>
        ))}
      </p>
    </form>
  );
}
