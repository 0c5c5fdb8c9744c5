import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Fold } from '~/ui/fold';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { PeriodView } from './answer-view.server';
import { WaysToDo } from './ways';

/**
 * By when the agency must decide, in words. `Lateness` says it instead when that day passes before the decision.
 *
 * @param isSaid the task tells already that the clock stands still
 */
export function Period({ period, isSaid }: { readonly period: PeriodView; readonly isSaid: boolean }) {
  const t = useT();
  const { state, days } = period;
  if (state === 'running') {
    const title = days === 0 ? 'case:period.today' : 'case:period.running';
    return (
      <Section folded title={t(title, { count: days, date: period.by ?? '' })}>
        <HowCounted period={period} />
        <h3>{t('case:period.whatIfLate')}</h3>
        <WhenLate period={period} />
      </Section>
    );
  }
  return (
    <Section title={t('case:period.title')} folded={isSaid}>
      <State period={period} />
    </Section>
  );
}

/** While the clock stands still, or no last day is known. */
function State({ period }: { readonly period: PeriodView }) {
  const t = useT();
  const { state, wasPast } = period;
  const date = period.by ?? '';
  switch (state) {
    case 'paused':
      return (
        <>
          <p>{t('case:period.paused')}</p>
          {wasPast ? <p>{t('case:period.pausedPast', { date })}</p> : null}
          <Received period={period} />
          <Court period={period} />
          <HowCounted period={period} />
        </>
      );
    default:
      return (
        <>
          <p>{t('case:period.unknown')}</p>
          <Court period={period} />
          <HowCounted period={period} />
        </>
      );
  }
}

/** Extension and pause, with their reasons: they change nothing that the reader must do. */
function HowCounted({ period: { state, by, wasPast, extension, reason } }: { readonly period: PeriodView }) {
  const t = useT();
  const isPaused = state === 'paused' && ((by !== null && !wasPast) || reason !== null);
  if (!extension && !isPaused) return null;
  return (
    <Fold title={t('case:answer.remedy.how')}>
      {isPaused ? (
        <p>
          <Reason reason={reason} /> {by !== null && !wasPast ? t('case:period.pausedWas', { date: by }) : null}
        </p>
      ) : null}
      {extension ? (
        <p>
          {extension.duration
            ? t('case:period.extended', { duration: extension.duration })
            : t('case:period.extendedOpen')}{' '}
          {by === null ? null : t('case:period.extendedCounted')} <Reason reason={extension.reason} />
        </p>
      ) : null}
    </Fold>
  );
}

/** What a person can do when the agency is late, and from which day. */
function WhenLate({ period }: { readonly period: PeriodView }) {
  const t = useT();
  const { by, notice, court } = period;
  if (court)
    return (
      <>
        <Received period={period} />
        <Court period={period} />
      </>
    );
  // The agency's law has no rule on it that the portal knows.
  if (!notice)
    return <p>{by === null ? t('case:answer.lateIsNoRefusal') : t('case:period.overdueOther', { date: by })}</p>;
  return (
    <>
      <p>{t('case:period.overdueMore', { date: by ?? '' })}</p>
      <Received period={period} />
      <p>{t('case:answer.notice', { date: notice.from, day: notice.day, last: notice.decideBy })}</p>
      <Penalty last={notice.decideBy} most={notice.penalty} />
      {notice.ways.list.length > 0 ? <WaysToDo ways={notice.ways} /> : null}
    </>
  );
}

/** The notice of default that the agency got: what it must do now, or that it came too early. */
function Received({ period: { receivedNotice } }: { readonly period: PeriodView }) {
  const t = useT();
  if (!receivedNotice) return null;
  const { received: date, decideBy: last, tooEarlyFor, penalty } = receivedNotice;
  if (tooEarlyFor) return <p>{t('case:answer.noticeTooEarly', { date, from: tooEarlyFor })}</p>;
  return (
    <>
      <p>{t('case:answer.noticeReceived', { date, last })}</p>
      <Penalty last={last} most={penalty} />
    </>
  );
}

function Penalty({ last, most }: { readonly last: string; readonly most: string | null }) {
  const t = useT();
  return most ? <p>{t('case:answer.penalty', { last, most })}</p> : null;
}

/** From when a court can make the agency decide, where the law lets people go there at once. */
function Court({ period: { court } }: { readonly period: PeriodView }) {
  const t = useT();
  return court ? <p>{t('case:period.court', { date: court })}</p> : null;
}

/** The first thing to say when the law's day has passed, or will probably pass before the decision. */
export function Lateness({
  lateness,
  period,
}: {
  readonly lateness: 'late' | 'likely' | null;
  readonly period: PeriodView;
}) {
  const t = useT();
  const date = period.by ?? '';
  if (lateness === null) return null;
  return (
    <Notice
      tone="plain"
      text={
        lateness === 'late'
          ? t('case:period.overdue', { count: period.days, date })
          : t('case:answer.likelyLate', { date })
      }
    >
      <HowCounted period={period} />
      <Fold title={t(lateness === 'late' ? 'case:period.whatNow' : 'case:period.whatIfLate')}>
        <WhenLate period={period} />
      </Fold>
    </Notice>
  );
}

function Reason({ reason }: { readonly reason: string | null }) {
  const t = useT();
  if (!reason) return null;
  return (
    <>
      {t('case:period.reason')} <AgencyWords text={reason} />.
    </>
  );
}
