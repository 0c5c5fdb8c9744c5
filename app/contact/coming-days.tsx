import { WideTable } from '~/estimate/wide-table';
import { useT } from '~/i18n/use-t';
import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import { LineName, Measured } from './contact-page';
import type { ComingDays } from './contact-view.server';

/** When few people call or come in the coming days. Folded, since most people want to know of today. */
export function ComingWaits({ queues }: { readonly queues: ComingDays }) {
  const t = useT();
  if (queues.length === 0) return null;
  return (
    <Section title={t('contact:forecast.week')} folded>
      {queues.map((queue) => (
        <section key={queue.queue}>
          <h3>{'line' in queue ? <LineName line={queue.line} /> : <bdi>{queue.desk}</bdi>}</h3>
          <p>{t('contact:forecast.best', queue.week.best)}</p>
          <Fold title={t('contact:forecast.minutes')}>
            <WideTable
              caption={t('contact:forecast.minutes')}
              captionHidden
              columns={[t('contact:forecast.from'), ...queue.week.days]}
              rows={queue.week.rows.map(({ from, cells }) => [
                from,
                ...cells.map((cell) => (cell === null ? t('contact:hours.closed') : <bdi key={from}>{cell}</bdi>)),
              ])}
            />
          </Fold>
          <Measured measured={queue.week.measured} />
        </section>
      ))}
    </Section>
  );
}
