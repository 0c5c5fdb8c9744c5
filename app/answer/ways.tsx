import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { LinkButton, LinkLine } from '~/ui/buttons';
import { Fold } from '~/ui/fold';
import { Whole } from '~/ui/whole';
import type { WaysView, WayView } from './ways-view.server';

/** How to do what is asked: where to send or pay, and with which number. Without a way the letter says it. */
export function WaysToDo({ ways }: { readonly ways: WaysView }) {
  const t = useT();
  if (ways.list.length === 0) return <p>{t('case:answer.way.letter')}</p>;
  const online = ways.list.filter(({ kind }) => kind === 'online');
  const others = ways.list.filter(({ kind }) => kind !== 'online');
  return (
    <>
      {online.length > 0 ? <WayList ways={online} task={ways.task} /> : null}
      {others.length === 0 ? null : online.length > 0 ? (
        <Fold title={t('case:answer.way.others')}>
          <ByHand ways={{ ...ways, list: others }} />
        </Fold>
      ) : (
        <ByHand ways={ways} />
      )}
    </>
  );
}

/** Ways that need the case number on paper. */
function ByHand({ ways }: { readonly ways: WaysView }) {
  const t = useT();
  return (
    <>
      {ways.list.length > 1 ? <h3>{t('case:answer.way.title')}</h3> : null}
      <WayList ways={ways.list} task={ways.task} />
      <p>
        {t('case:answer.way.reference')} <Whole text={ways.reference} />
      </p>
    </>
  );
}

const WayList = ({ ways, task }: { readonly ways: readonly WayView[]; readonly task: WaysView['task'] }) => (
  <ul className="ways">
    {ways.map((way) => (
      <li key={way.key}>
        <WayWords way={way} task={task} />
        {way.note ? <p>{way.note.isOwn ? <AgencyWords text={way.note.text} /> : way.note.text}</p> : null}
      </li>
    ))}
  </ul>
);

function WayWords({ way, task }: { readonly way: WayView; readonly task: WaysView['task'] }) {
  const t = useT();
  if (way.kind === 'online')
    return (
      <LinkButton
        href={way.url}
        rel="noreferrer"
        label={t(task === 'visit' ? 'case:visit.book' : `case:answer.way.online.${task}`)}
      />
    );
  if (way.kind === 'phone')
    return (
      <LinkLine href={`tel:${way.number.replace(/[^+\d]/g, '')}`} label={t('common:call', { number: way.number })} />
    );
  return (
    <>
      {t(`case:answer.way.${way.kind}`)}
      {way.lines.map((line) => (
        <span key={line}>
          <br />
          {way.kind === 'post' ? <bdi translate="no">{line}</bdi> : <Whole text={line} />}
        </span>
      ))}
    </>
  );
}
