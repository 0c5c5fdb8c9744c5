import { EndedNotes } from '~/appointment/ended-notes';
import { Styles } from '~/appointment/styles';
import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Offer } from './offer';
import type { WatchNoteView } from './watch.server';

/** The case page's note that a watch runs, with its offer, or has ended; nothing without a watch. */
export function WatchNote({ note }: { readonly note: WatchNoteView | null }) {
  if (!note) return null;
  return (
    <>
      <Styles />
      <EndedNotes notes={note.ended} />
      {note.running?.offer ? <Offer offer={note.running.offer} /> : null}
      {note.running && !note.running.offer ? <Waiting address={note.running.address} /> : null}
    </>
  );
}

function Waiting({ address }: { readonly address: string }) {
  const t = useT();
  return (
    <Notice tone="plain">
      <p>
        {t('appointment:watch.waiting')} <a href={address}>{t('appointment:watch.see')}</a>
      </p>
    </Notice>
  );
}
