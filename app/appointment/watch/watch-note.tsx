import { Styles } from '~/appointment/styles';
import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Offer } from './offer';
import type { WatchNoteView } from './watch.server';

/** The case page's note that a watch runs, with its offer; nothing without a watch. */
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
