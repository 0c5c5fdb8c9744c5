import type { DecisionView } from '~/answer/answer-view.server';
import { decidedOn } from '~/answer/decided-on';
import { Decision, isGood, Remedies } from '~/answer/decision';
import { Meanwhile } from '~/answer/meanwhile';
import { asksTheReader, NextStep, saysNothingMore } from '~/answer/next-step';
import { Lateness, Period } from '~/answer/period';
import { Wait } from '~/estimate/wait';
import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { LinkLine } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { CopyButton } from '~/ui/touches';
import { Caveat } from '~/ui/trouble';
import { Whole } from '~/ui/whole';
import type { CaseView } from './case-view.server';
import { Letters } from './letters';
import { Timeline } from './timeline';

/** A duty says all that its stage's text says. */
const SAYS_THE_STAGE: readonly string[] = ['pay', 'send-papers', 'visit'];

/** The stage's usual text sends everybody to a desk: wrong for a person who need not come. */
const sparesTheVisit = ({ visit }: CaseView) => visit?.kind === 'book' && visit.instead.length > 0;

const KEPT = { state: 'kept', value: null, asOf: '' } as const;

/**
 * A case's page. The first phone screen has what matters: the outcome or stage, what to do, how long. On a wide screen
 * that is one column, and the way and the facts are another.
 */
export function CasePage({ view }: { readonly view: CaseView }) {
  const t = useT();
  const { answer, visit } = view;
  const decision = answer?.decision ?? null;
  const isSaid = answer !== null && view.stage !== null && SAYS_THE_STAGE.includes(answer.next.do);
  return (
    <>
      <CaseHeading view={view} decision={decision} />
      {view.keptFor ? <Caveat loaded={{ ...KEPT, why: view.keptFor }} time={view.asOf} /> : null}
      <div className="case">
        <div>
          {decision ? <Decision decision={decision} /> : null}
          {decision && !isGood(decision.outcome) ? <Remedies decision={decision} /> : null}
          {decision || !answer || isSaid || sparesTheVisit(view) ? null : (
            <p>
              <StageText stage={view.stage} name={view.stageName} text={view.stageText} />
            </p>
          )}
          {answer?.period && answer.lateness === 'late' ? <Lateness lateness="late" period={answer.period} /> : null}
          {answer && visit && !(decision && saysNothingMore(answer.next)) ? (
            <Section title={t('case:next.title')} main={asksTheReader(answer.next)}>
              <NextStep caseRef={view.ref} next={answer.next} visit={visit} invitation={view.invitation} />
            </Section>
          ) : null}
          {decision && isGood(decision.outcome) ? <Remedies decision={decision} /> : null}
          {answer ? null : (
            <Notice tone="plain" title={t('case:part.title')}>
              <p>{t('case:part.text')}</p>
            </Notice>
          )}
          {answer?.period && answer.lateness === 'likely' ? (
            <Lateness lateness="likely" period={answer.period} />
          ) : null}
          {view.wait ? <Wait wait={view.wait} tellsPause={answer === null} /> : null}
        </div>
        <div>
          <Timeline timeline={view.timeline} usual={view.usual} asOf={view.timelineAsOf} />
          {answer?.period && answer.lateness === null ? (
            <Period period={answer.period} isSaid={answer.next.clock !== null} />
          ) : null}
          {view.letters ? <Letters letters={view.letters} asOf={view.asOf} /> : null}
          <Meanwhile answers={view.meanwhile} />
          <CaseFacts view={view} />
          {view.statement ? (
            <div className="touch">
              <LinkLine href={view.statement} label={t('statement:title')} />
            </div>
          ) : null}
        </div>
      </div>
    </>
  );
}

function CaseFacts({ view }: { readonly view: CaseView }) {
  const t = useT();
  return (
    <Section title={t('case:facts.title')} folded>
      <Facts
        facts={[
          [
            t('case:facts.reference'),
            <>
              <Whole text={view.reference} key="reference" />
              <br />
              <span className="soft">{t('case:facts.referenceUse')}</span>
              <br />
              <CopyButton text={view.reference} label={t('case:facts.copy')} done={t('case:facts.copied')} />
            </>,
          ],
          [t('case:facts.received'), view.received],
          [t('case:visit.title'), view.visit?.kind === 'none' ? t(`case:visit.${view.visit.why}`) : null],
          [
            t('case:facts.people'),
            view.people.length > 0 ? (
              <ul className="people" key="people">
                {view.people.map((person) => (
                  <li key={person.name}>
                    <bdi translate="no">{person.name}</bdi> · {t(`case:facts.${person.role}`)}
                  </li>
                ))}
              </ul>
            ) : null,
          ],
        ]}
      />
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </Section>
  );
}

interface HeadingProps {
  readonly view: CaseView;
  /** Leads where it is known. Null: the stage does. */
  readonly decision?: DecisionView | null;
}

export function CaseHeading({ view, decision = null }: HeadingProps) {
  const t = useT();
  const day = decision && decidedOn(t, decision);
  return (
    <>
      <p className="over">
        <ProcedureName procedure={view.procedure} name={view.procedureName} /> · <Whole text={view.reference} />
      </p>
      <h1>
        {decision ? (
          t(`case:answer.outcome.${decision.outcome}.title`)
        ) : (
          <StageName stage={view.stage} name={view.stageName} />
        )}
      </h1>
      {decision ? (
        day && <p className="soft">{day}</p>
      ) : view.since ? (
        <p className="soft">{t('case:since', { date: view.since })}</p>
      ) : null}
    </>
  );
}

export function ProcedureName({
  procedure,
  name,
}: {
  readonly procedure: CaseView['procedure'];
  readonly name: string;
}) {
  const t = useT();
  return procedure ? t(`case:procedure.${procedure}`) : <AgencyWords text={name} />;
}

export function StageName({ stage, name }: { readonly stage: CaseView['stage']; readonly name: string | null }) {
  const t = useT();
  if (stage) return t(`case:stage.${stage}.name`);
  return name ? <AgencyWords text={name} /> : t('case:stage.noneYet');
}

interface StageTextProps {
  readonly stage: CaseView['stage'];
  readonly name: string | null;
  /** The agency's own text, shown where we have none. */
  readonly text: string;
}

function StageText({ stage, name, text }: StageTextProps) {
  const t = useT();
  if (stage) return <>{t(`case:stage.${stage}.now`)}</>;
  if (text) return <AgencyWords text={text} />;
  if (!name) return <>{t('case:stage.noneYetText')}</>;
  return (
    <>
      {t('case:stage.unknown.now')}
      <AgencyWords text={name} />
    </>
  );
}
