import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { PeriodView } from './answer-view.server';
import { WaysToDo } from './ways';

/** By when the agency must decide, in words: extension, suspension and lateness included. */
export function Period({ period }: { readonly period: PeriodView }) {
  const t = useT();
  return (
    <Section title={t('case:period.title')}>
      <State period={period} />
      {period.extension ? (
        <p>
          {period.extension.duration
            ? t('case:period.extended', { duration: period.extension.duration })
            : t('case:period.extendedOpen')}{' '}
          {period.by === null ? null : t('case:period.extendedCounted')} <Reason reason={period.extension.reason} />
        </p>
      ) : null}
    </Section>
  );
}

function State({ period }: { readonly period: PeriodView }) {
  const t = useT();
  const { state, days, reason } = period;
  const date = period.by ?? '';
  switch (state) {
    case 'running':
      return (
        <>
          <p>{days === 0 ? t('case:period.today') : t('case:period.running', { count: days, date })}</p>
          <details>
            <summary>{t('case:period.whatIfLate')}</summary>
            <WhenLate period={period} />
          </details>
        </>
      );
    case 'overdue':
      return <WhenLate period={period} />;
    case 'paused':
      return (
        <>
          <p>
            {t('case:period.paused')} <Reason reason={reason} />
          </p>
          {period.by ? <p>{t(period.wasPast ? 'case:period.pausedPast' : 'case:period.pausedWas', { date })}</p> : null}
          <Court period={period} />
        </>
      );
    case 'unknown':
      return (
        <>
          <p>{t('case:period.unknown')}</p>
          <Court period={period} />
        </>
      );
  }
}

/** What a person can do when the agency is late, and from which day. */
function WhenLate({ period }: { readonly period: PeriodView }) {
  const t = useT();
  const { by, notice, court } = period;
  if (court) return <Court period={period} />;
  // The agency's law has no rule on it that the portal knows.
  if (!notice) return by === null ? null : <p>{t('case:period.overdueOther', { date: by })}</p>;
  return (
    <>
      <p>{t('case:period.overdueMore', { date: by ?? '' })}</p>
      <p>{t('case:answer.notice', { date: notice.from, day: notice.day, last: notice.decideBy })}</p>
      {notice.penalty ? <p>{t('case:answer.penalty', { last: notice.decideBy, most: notice.penalty })}</p> : null}
      {notice.ways.list.length > 0 ? <WaysToDo ways={notice.ways} /> : null}
    </>
  );
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
    />
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
