import { DecisionLine } from '~/answer/decision';
import { NextWords } from '~/answer/next-step';
import { ProcedureName, StageName } from '~/case/case-page';
import { useT, useWords } from '~/i18n/use-t';
import { LinkButton, LinkLine } from '~/ui/buttons';

import { Section } from '~/ui/section';
import { Whole } from '~/ui/whole';
import { Fact } from './fact';
import type { QuestionsView } from './questions-view.server';

/** What people ask most, with the facts of their own cases. */
export function OwnQuestions({ cases }: { readonly cases: QuestionsView }) {
  const t = useT();
  return (
    <Section title={t('contact:questions.title')} answer>
      {cases.map((view) => (
        <CaseAnswers key={view.ref} view={view} named={cases.length > 1} />
      ))}
    </Section>
  );
}

type CaseView = QuestionsView[number];

function CaseAnswers({ view, named }: { readonly view: CaseView; readonly named: boolean }) {
  const { language, t } = useWords();
  const { answer, visit } = view;
  const page = `/${language}/cases/${view.ref}`;
  const wait = waitWords(view, t);
  const period = periodWords(view, t);
  return (
    <>
      {named ? (
        <h3>
          <ProcedureName procedure={view.procedure} name={view.procedureName} /> · <Whole text={view.reference} />
        </h3>
      ) : null}
      <dl className="facts">
        <Fact term={t('home:title')}>
          {answer?.decision ? (
            <DecisionLine decision={answer.decision} />
          ) : (
            <strong>
              <StageName stage={view.stage} name={view.stageName} />
            </strong>
          )}
        </Fact>
        {answer && answer.next.do !== 'read-decision' ? (
          <Fact term={t('case:next.title')}>
            <NextWords next={answer.next} />
          </Fact>
        ) : null}
        {wait ? <Fact term={t('case:wait.title')}>{wait}</Fact> : null}
        {period ? <Fact term={t('case:period.title')}>{period}</Fact> : null}
        {visit?.kind === 'booked' ? (
          <Fact term={t('case:visit.title')}>
            <a href={`/${language}/bookings/${visit.id}`}>
              {visit.moment} · <bdi>{visit.desk}</bdi>
            </a>
          </Fact>
        ) : visit?.kind === 'book' && !visit.withheld ? (
          <Fact term={t('case:visit.title')}>
            <a href={`${page}/appointment`}>{t('case:visit.book')}</a>
          </Fact>
        ) : null}
      </dl>
      {view.keptFor ? <p className="soft">{t('trouble:section.kept', { time: view.asOf })}</p> : null}
      <LinkLine href={page} label={t('contact:questions.page')} />
      {view.statement ? <LinkLine href={view.statement} label={t('statement:title')} /> : null}
    </>
  );
}

function waitWords({ wait }: CaseView, t: ReturnType<typeof useT>): string | null {
  if (wait === null || wait.state === 'unavailable') return null;
  const { value } = wait;
  switch (value.trust) {
    case 'ok':
    case 'unsettled':
      return t('case:wait.range', { low: value.low, high: value.high });
    case 'one-sided':
      return t('case:wait.oneSided', { low: value.low });
    case 'open':
      return t('case:wait.open', { months: value.horizon });
    case 'none':
      return t('case:wait.none');
  }
}

/** By when the agency must decide, or that it is late. */
function periodWords({ answer }: CaseView, t: ReturnType<typeof useT>): string | null {
  const period = answer?.period;
  if (!period) return null;
  const known = { count: period.days, date: period.by ?? '' };
  switch (period.state) {
    case 'running':
      return t(period.days === 0 ? 'case:period.today' : 'case:period.running', known);
    case 'overdue':
      return t('case:period.overdue', known);
    case 'paused':
      return t('case:period.paused');
    default:
      return t('case:period.unknown');
  }
}

interface OthersProps {
  readonly role: 'applicant' | 'advisor' | 'staff' | null;
  readonly hasWait: boolean;
  readonly hasVisits: boolean;
}

/** For who has no case to show: where the answers are. Only who is not signed in is asked to sign in. */
export function Questions({ role, hasWait, hasVisits }: OthersProps) {
  const { language, t } = useWords();
  const own = {
    applicant: { path: 'cases', name: 'common:myCases' },
    advisor: { path: 'advisor', name: 'common:myClients' },
    staff: { path: 'cases', name: 'common:calls' },
  } as const;
  return (
    <Section title={t('contact:questions.title')} answer>
      {role === null ? (
        <>
          <p>{t('contact:lead')}</p>
          <p>
            <LinkButton href={`/${language}/cases?own=1`} label={t('contact:signIn')} />
          </p>
        </>
      ) : (
        <LinkLine href={`/${language}/${own[role].path}`} label={t(own[role].name)} />
      )}
      {hasWait ? <LinkLine href={`/${language}/wait`} label={t('contact:wait')} /> : null}
      {role === null && hasVisits ? (
        <LinkLine href={`/${language}/cases`} label={t('home:tasks.appointment.title')} />
      ) : null}
    </Section>
  );
}
