import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { LinkButton, LinkLine } from '~/ui/buttons';
import { Whole } from '~/ui/whole';
import type { WaysView, WayView } from './ways-view.server';

/** How to do what is asked: where to send or pay, and with which number. Without a way the letter says it. */
export function WaysToDo({ ways }: { readonly ways: WaysView }) {
  const t = useT();
  if (ways.list.length === 0) return <p>{t('case:answer.way.letter')}</p>;
  return (
    <>
      <h3>{t('case:answer.way.title')}</h3>
      <ul className="ways">
        {ways.list.map((way) => (
          <li key={way.key}>
            <WayWords way={way} task={ways.task} />
            {way.note ? <p>{way.note.isOwn ? <AgencyWords text={way.note.text} /> : way.note.text}</p> : null}
          </li>
        ))}
      </ul>
      <p>
        {t('case:answer.way.reference')} <Whole text={ways.reference} />
      </p>
    </>
  );
}

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
