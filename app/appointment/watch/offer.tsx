import { useWords } from '~/i18n/use-t';
import { LinkButton, Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';
import type { OfferView } from './watch.server';

export function Offer({ offer }: { readonly offer: OfferView }) {
  const { language, t } = useWords();
  return (
    <Notice tone="good" title={t('appointment:search.offered')} live>
      <p>
        <strong>{t('appointment:search.firstAt', { day: offer.day, time: offer.time, desk: offer.desk })}</strong>
      </p>
      {offer.holdId ? (
        <>
          <p>{t('appointment:search.offeredKept', { time: offer.until })}</p>
          <p>
            <LinkButton href={`/${language}/holds/${offer.holdId}`} label={t('appointment:search.take')} />
          </p>
        </>
      ) : (
        <>
          <p>{t('appointment:search.offeredFree')}</p>
          <form
            method="post"
            action={offer.address}
            aria-label={t('appointment:search.firstAt', { day: offer.day, time: offer.time, desk: offer.desk })}
          >
            <Submit name="slot" value={offer.slotId} label={t('appointment:search.take')} quiet />
          </form>
        </>
      )}
    </Notice>
  );
}
