import { useT } from '~/i18n/use-t';
import type { RangeView } from './public-wait-view.server';

/** A range in a few words, for a list. */
export function ShortRange({ range }: { readonly range: RangeView }) {
  const t = useT();
  switch (range.trust) {
    case 'ok':
      return <>{t('wait:overview.range', { low: range.low, high: range.high })}</>;
    case 'unsettled':
      return <>{t('wait:overview.unsettled', { low: range.low, high: range.high })}</>;
    case 'one-sided':
      return <>{t('wait:overview.oneSided', { low: range.low })}</>;
    case 'open':
      return <>{t('wait:overview.open', { months: range.horizon })}</>;
    case 'none':
      return <>{t('wait:overview.none')}</>;
  }
}
