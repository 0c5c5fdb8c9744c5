import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Offer } from './offer';
import type { WatchNoteView } from './views';

/** For the page of a case: that the portal looks for an earlier time, and the one that it found. */
export function WatchNote({ note }: { readonly note: WatchNoteView }) {
  const t = useT();
  if (note.offer) return <Offer offer={note.offer} />;
  return (
    <Notice tone="plain">
      <p>
        {t('appointment:watch.waiting')} <a href={note.address}>{t('appointment:watch.see')}</a>
      </p>
    </Notice>
  );
}
