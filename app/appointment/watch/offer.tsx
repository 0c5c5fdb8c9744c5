import { useWords } from '~/i18n/use-t';
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
            <a className="button" href={`/${language}/holds/${offer.holdId}`}>
              {t('appointment:search.take')}
            </a>
          </p>
        </>
      ) : (
        <>
          <p>{t('appointment:search.offeredFree')}</p>
          <form method="post" action={offer.address}>
            <button className="button button--quiet" type="submit" name="slot" value={offer.slotId}>
              {t('appointment:search.take')}
            </button>
          </form>
        </>
      )}
    </Notice>
  );
}
