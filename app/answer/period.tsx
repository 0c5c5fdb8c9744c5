import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { PeriodView } from './answer-view.server';

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
            <p>{t('case:period.overdueMore', { date })}</p>
          </details>
        </>
      );
    case 'overdue':
      return (
        <Notice tone="care">
          <p>{t('case:period.overdue', { count: days, date })}</p>
          <p>{t('case:period.overdueMore', { date })}</p>
        </Notice>
      );
    case 'paused':
      return (
        <>
          <p>
            {t('case:period.paused')} <Reason reason={reason} />
          </p>
          {period.by ? <p>{t(period.wasPast ? 'case:period.pausedPast' : 'case:period.pausedWas', { date })}</p> : null}
        </>
      );
    case 'unknown':
      return <p>{t('case:period.unknown')}</p>;
  }
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
