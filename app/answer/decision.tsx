import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import type { DecisionView } from './answer-view.server';
import { decidedOn } from './decided-on';
import { WaysToDo } from './ways';

/** What a decision means for the person, and what comes next. */
export function Decision({ decision }: { readonly decision: DecisionView }) {
  const t = useT();
  const { outcome, words, comesNext } = decision;
  return (
    <>
      <p>{t(`case:answer.outcome.${outcome}.text`)}</p>
      {words ? (
        <p>
          {t('case:answer.words')} <AgencyWords text={words} />
        </p>
      ) : null}
      {comesNext ? <p>{t(`case:answer.then.${comesNext}`)}</p> : null}
    </>
  );
}

/** Until when the person can object or appeal, and how. */
export function Remedies({ decision: { outcome, remedy } }: { readonly decision: DecisionView }) {
  const t = useT();
  const words = remedy ? (
    <Remedy remedy={remedy} needsHelp={!isGood(outcome)} />
  ) : (
    <p>{t('case:answer.remedy.unknown')}</p>
  );
  return (
    <Section
      title={t('case:answer.remedy.title')}
      answer={!isGood(outcome) && !remedy?.isPast}
      folded={isGood(outcome)}
    >
      {words}
    </Section>
  );
}

/** Then what comes next matters more than what can be done against it. */
export const isGood = (outcome: DecisionView['outcome']): boolean => outcome === 'granted';

interface RemedyProps {
  readonly remedy: NonNullable<DecisionView['remedy']>;
  readonly needsHelp: boolean;
}

function Remedy({ remedy, needsHelp }: RemedyProps) {
  const t = useT();
  const { kind, lastDay: date, isPast, shorter, ways, how } = remedy;
  return (
    <>
      <p>
        <strong>{t(`case:answer.remedy.${isPast ? 'past' : 'open'}.${kind}`, { date })}</strong>
      </p>
      {shorter ? <p>{t('case:answer.remedy.shorter', { duration: shorter.duration, date: shorter.lastDay })}</p> : null}
      <p>{t('case:answer.remedy.letter')}</p>
      {needsHelp ? <p>{t(isPast ? 'case:answer.remedy.tooLate' : 'case:answer.remedy.help')}</p> : null}
      {isPast || kind === 'appeal' ? null : <WaysToDo ways={ways} />}
      {how ? (
        <Fold title={t('case:answer.remedy.how')}>
          <p>{t('case:answer.remedy.counted', { duration: how.duration, date: how.from })}</p>
          {how.ranOn ? <p>{t('case:answer.remedy.ranOn')}</p> : null}
          <p>
            {t('case:answer.remedy.rule')} <AgencyWords text={how.source} />
          </p>
        </Fold>
      ) : null}
    </>
  );
}

/** The decision in the list of cases: the outcome, and the last day of what can be done against it. */
export function DecisionLine({ decision }: { readonly decision: DecisionView }) {
  const t = useT();
  const { outcome, remedy } = decision;
  const day = decidedOn(t, decision);
  return (
    <>
      <strong>{t(`case:answer.outcome.${outcome}.title`)}</strong>
      {day ? <>. {day}</> : null}
      {remedy && !remedy.isPast && outcome !== 'granted' ? (
        <>. {t(`case:answer.remedy.short.${remedy.kind}`, { date: remedy.lastDay })}</>
      ) : null}
    </>
  );
}
