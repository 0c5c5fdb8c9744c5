import { procedureWords, stageWords } from '~/i18n/agency-words';
import { useT, useWords } from '~/i18n/use-t';
import { LinkButton, LinkLine } from '~/ui/buttons';
import { ErrorSummary } from '~/ui/field';
import { Fold } from '~/ui/fold';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { ShareButton } from '~/ui/touches';
import { Caveat, Trouble } from '~/ui/trouble';
import { Flow } from './public-flow';
import { QuestionForm } from './public-form';
import { Trend } from './public-trend';
import type { Answer, LoadedWait, PublicWaitView, RangeView } from './public-wait-view.server';
import { ShortRange } from './short-range';
import { SwitchReason } from './switch-reason';

interface PublicWaitPageProps {
  readonly wait: LoadedWait;
  readonly asOf: string;
  readonly isSignedIn: boolean;
}

/** How long others wait: the ranges of all procedures, or the answer to a question; then the form that refines it. */
export function PublicWaitPage({ wait, asOf, isSignedIn }: PublicWaitPageProps) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('wait:title')}</h1>
      <p className="lead">{t('wait:lead')}</p>
      {wait.state === 'unavailable' ? (
        <Trouble why={wait.why} title={t('wait:notNow')} />
      ) : (
        <>
          <Caveat loaded={wait} time={asOf} />
          <QuestionAndAnswer view={wait.value} />
        </>
      )}
      <Section title={t('wait:more.title')} folded>
        <p>
          <a href={`/${language}/wait/record`}>{t('wait:more.record')}</a>
          <br />
          {t('wait:more.recordText')}
        </p>
        <Downloads />
      </Section>
      <p>
        <ShareButton address={shareAddress(language, wait)} label={t('wait:share')} />
      </p>
      {isSignedIn ? (
        <LinkLine href={`/${language}/cases?own=1`} label={t('common:myCases')} />
      ) : (
        <>
          <p>{t('wait:own')}</p>
          <p>
            <LinkButton href={`/${language}/cases?own=1`} label={t('wait:ownLink')} quiet />
          </p>
        </>
      )}
    </>
  );
}

/** The address to share. It leaves out day and stage, which may be the visitor's own. */
function shareAddress(language: string, wait: LoadedWait): string {
  const procedure = wait.state === 'unavailable' ? undefined : wait.value.answer?.procedure;
  return `/${language}/wait${procedure ? `?${new URLSearchParams({ procedure })}` : ''}`;
}

export function Downloads() {
  const { language, t } = useWords();
  return (
    <>
      <h3>{t('wait:more.figures')}</h3>
      <p>{t('wait:more.figuresText')}</p>
      <ul>
        <li>
          <a href={`/${language}/wait/figures.csv`}>{t('wait:more.csv')}</a>
        </li>
        <li>
          <a href={`/${language}/wait/figures.json`}>{t('wait:more.json')}</a>
        </li>
      </ul>
    </>
  );
}

function QuestionAndAnswer({ view }: { readonly view: PublicWaitView }) {
  const t = useT();
  return (
    <>
      {view.fault ? (
        <ErrorSummary
          title={t('wait:fault.title')}
          errors={{ [view.fault === 'future' ? 'day' : view.fault]: t(`wait:fault.${view.fault}`) }}
        />
      ) : null}
      {view.answer ? <AnswerCard answer={view.answer} stageUnknown={view.stageUnknown} /> : null}
      {view.overview.length > 0 ? <Overview overview={view.overview} /> : null}
      <QuestionForm form={view.form} fault={view.fault} isAnswered={view.answer !== null} />
      {view.answer ? <Figures figures={view.answer.figures} /> : null}
    </>
  );
}

function AnswerCard({ answer, stageUnknown }: { readonly answer: Answer; readonly stageUnknown: boolean }) {
  const t = useT();
  return (
    <Section title={t('wait:answer.title')} answer>
      <p>
        <strong>{procedureWords(answer.procedure, t)}</strong>
        <br />
        {answer.exact
          ? t('wait:answer.onDay', { date: answer.applied })
          : t('wait:answer.inMonth', { month: answer.applied })}{' '}
        {answer.stage === null
          ? t(stageUnknown ? 'wait:answer.stageNotThere' : 'wait:answer.noStage')
          : t('wait:answer.stage', { stage: stageWords(answer.stage, t) })}
      </p>
      <RangeWords range={answer.range} />
      <SwitchReason reason={answer.reason} />
      <Fold title={t('case:wait.how')}>
        {answer.range.trust === 'none' ? null : <Grounds basis={answer.basis} />}
        <p>{t('wait:answer.not')}</p>
      </Fold>
    </Section>
  );
}

/** What is behind the answer, folded: few readers need it. */
function Figures({ figures }: Pick<Answer, 'figures'>) {
  const t = useT();
  if (!figures) return <Notice tone="plain" text={t('wait:computing')} />;
  return (
    <>
      <Section title={t('wait:cohort.title')} folded>
        {figures.cohort ? (
          <p>
            <strong>{t('case:wait.cohort', { month: figures.cohort.month })}</strong>{' '}
            {t('wait:cohort.share', { of100: figures.cohort.of100 })}
          </p>
        ) : (
          <p>{t('wait:cohort.unknown')}</p>
        )}
      </Section>
      <Trend trend={figures.trend} />
      <Flow flow={figures.flow} />
    </>
  );
}

/** The range, in the same words as on the case page. */
function RangeWords({ range }: { readonly range: RangeView }) {
  const t = useT();
  switch (range.trust) {
    case 'ok':
    case 'unsettled':
      return (
        <>
          <p className="wait__dates">{t('case:wait.range', { low: range.low, high: range.high })}</p>
          {range.trust === 'unsettled' ? <Notice tone="plain" text={t('case:wait.unsettled')} /> : null}
          <p>{t('case:wait.tenths')}</p>
        </>
      );
    case 'one-sided':
      return (
        <>
          <p className="wait__dates">{t('case:wait.oneSided', { low: range.low })}</p>
          <p>{t('case:wait.oneSidedMore')}</p>
        </>
      );
    case 'open':
      return (
        <>
          <p className="wait__dates">{t('case:wait.open', { months: range.horizon })}</p>
          <p>{t('case:wait.openMore')}</p>
        </>
      );
    case 'none':
      return (
        <>
          <p className="wait__dates">{t('wait:answer.none')}</p>
          <p>{t('wait:answer.noneMore')}</p>
        </>
      );
  }
}

function Grounds({ basis }: { readonly basis: Answer['basis'] }) {
  const t = useT();
  return (
    <p className="soft">
      {t('wait:answer.basis', { decisions: basis.decisions })} {t('case:wait.asOf', { date: basis.asOf })}{' '}
      {basis.rightOf100 === null ? null : t('case:wait.checked', { share: basis.rightOf100 })}
    </p>
  );
}

function Overview({ overview }: { readonly overview: PublicWaitView['overview'] }) {
  const { language, t } = useWords();
  return (
    <Section title={t('wait:overview.title')}>
      <p>{t('wait:overview.text')}</p>
      <dl className="facts">
        {overview.map(({ procedure, range }) => (
          <div key={procedure}>
            <dt>
              <a href={`/${language}/wait?${new URLSearchParams({ procedure })}`}>{procedureWords(procedure, t)}</a>
            </dt>
            <dd>
              <ShortRange range={range} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
