import type { UsualWayView } from '~/estimate/usual-way.server';
import { useT } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import type { TimelineEntry } from '~/model/timeline';
import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';

interface TimelineProps {
  readonly timeline: Loaded<TimelineEntry[]>;
  /** How long stages usually take; null when not known. */
  readonly usual: UsualWayView | null;
  readonly asOf: string;
}

/** Stages that are over are folded away from this many on. */
const FOLDED_FROM = 2;

/**
 * The whole way as one picture: an ordered list of stages on a line, with "you are here" and the usual time of each. What
 * is over is folded. States stand in words, not only in colour.
 */
export function Timeline({ timeline, usual, asOf }: TimelineProps) {
  const t = useT();
  return (
    <Section title={t('case:timeline.title')}>
      {timeline.state === 'unavailable' ? (
        <Trouble why={timeline.why} />
      ) : (
        <>
          <Caveat loaded={timeline} time={asOf} />
          <Way entries={timeline.value} usual={usual} />
        </>
      )}
    </Section>
  );
}

function Way({ entries, usual }: Pick<TimelineProps, 'usual'> & { readonly entries: TimelineEntry[] }) {
  const t = useT();
  const past = entries.filter(({ state }) => state === 'done' || state === 'again');
  const folded = past.length >= FOLDED_FROM;
  const items = (list: readonly TimelineEntry[]) =>
    list.map((entry, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a step may be reached twice on one day
      <Entry key={`${index} ${entry.name}`} entry={entry} usual={usual} />
    ));
  return (
    <>
      <ol className="timeline">
        {folded ? (
          <li className="done">
            <Fold title={t('case:timeline.soFar', { number: past.length })}>
              <ol className="timeline">{items(past)}</ol>
            </Fold>
          </li>
        ) : null}
        {items(entries.filter((entry) => !(folded && past.includes(entry)) && !isBareEnd(entry)))}
      </ol>
      {entries.some(({ state }) => state === 'to-come') ? (
        <p className="soft">
          {usual?.oneInComesBack
            ? t('case:timeline.comesBack', { number: usual.oneInComesBack })
            : t('case:timeline.mayDiffer')}
        </p>
      ) : null}
    </>
  );
}

/** That a case is closed in the end tells nobody anything. */
const isBareEnd = ({ state, final }: TimelineEntry) => state === 'to-come' && final;

function Entry({ entry, usual }: Pick<TimelineProps, 'usual'> & { readonly entry: TimelineEntry }) {
  const t = useT();
  const { state, stage } = entry;
  const name = stage ? t(`case:stage.${stage}.name`) : <bdi>{entry.name}</bdi>;
  const time = (stage && usual?.times[stage]) || null;
  if (state === 'done' || state === 'again') {
    return (
      <li className={state}>
        {name}
        <small>{pastWords(entry, t)}</small>
      </li>
    );
  }
  return (
    <li className={state} aria-current={state === 'now' ? 'step' : undefined}>
      {state === 'now' ? <strong>{name}</strong> : name}
      <small className={state === 'to-come' && !time ? 'hidden' : undefined}>
        {state === 'now' ? t('case:timeline.here') : <span className="hidden">{t('case:timeline.toCome')}. </span>}
        {time ? `${state === 'now' ? ' · ' : ''}${t('case:timeline.usual', { duration: time })}` : null}
      </small>
    </li>
  );
}

function pastWords({ state, since, until }: TimelineEntry, t: ReturnType<typeof useT>): string {
  const [from, to] = [since ?? '', until ?? since ?? ''];
  if (state === 'again') return t('case:timeline.again', { from, until: to });
  return from === to ? t('case:timeline.doneOn', { date: from }) : t('case:timeline.doneSpan', { from, until: to });
}
