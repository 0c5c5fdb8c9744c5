import { Styles } from '~/appointment/styles';
import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Offer } from './offer';
import type { WatchNoteView } from './watch.server';

/** For the page of a case: that the portal looks for an earlier time, and the one that it found; nothing where it does not. */
export function WatchNote({ note }: { readonly note: WatchNoteView | null }) {
  if (!note) return null;
  return (
    <>
      <Styles />
      {note.offer ? <Offer offer={note.offer} /> : <Waiting address={note.address} />}
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
