import { useT } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import type { TimelineEntry } from '~/model/timeline';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';

/** Past, present and future stages: an ordered list with states in words, not only in colour. */
export function Timeline({ timeline, asOf }: { readonly timeline: Loaded<TimelineEntry[]>; readonly asOf: string }) {
  const t = useT();
  return (
    <Section title={t('case:timeline.title')}>
      {timeline.state === 'unavailable' ? (
        <Trouble why={timeline.why} />
      ) : (
        <>
          <Caveat loaded={timeline} time={asOf} />
          <ol className="timeline">
            {timeline.value.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step may be reached twice on one day
              <Entry key={`${index} ${entry.name}`} entry={entry} />
            ))}
          </ol>
          {timeline.value.some((entry) => entry.state === 'to-come') ? (
            <p className="soft">{t('case:timeline.mayDiffer')}</p>
          ) : null}
        </>
      )}
    </Section>
  );
}

const STATE = { done: 'case:timeline.done', now: 'case:timeline.now', 'to-come': 'case:timeline.toCome' } as const;
const STATE_FROM = { done: 'case:timeline.doneFrom', now: 'case:timeline.nowFrom' } as const;

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const t = useT();
  const name = entry.stage ? t(`case:stage.${entry.stage}.name`) : <bdi>{entry.name}</bdi>;
  return (
    <li className={entry.state} aria-current={entry.state === 'now' ? 'step' : undefined}>
      {entry.state === 'now' ? <strong>{name}</strong> : name}
      <small>
        {entry.since && entry.state !== 'to-come'
          ? t(STATE_FROM[entry.state], { date: entry.since })
          : t(STATE[entry.state])}
      </small>
    </li>
  );
}
