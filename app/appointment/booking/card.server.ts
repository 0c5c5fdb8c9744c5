import { translatorOf } from '~/i18n/catalogues.server';
import { directionOf, type Language } from '~/model/language';
import { escaped } from '~/ui/escaped';
import type { BookingView } from './booking-view.server';
import { bringFor } from './bring';

/** A self-contained page: no script, nothing to fetch, no name. */
export function cardOf(booking: BookingView, language: Language): string {
  const t = translatorOf(language);
  const { qr, code, address } = booking;
  const title = escaped(t('appointment:booking.title'));
  const lines = [
    `<h1>${title}</h1>`,
    `<p><strong>${escaped(t('appointment:booking.moment', { day: booking.day, time: booking.time }))}</strong></p>`,
    `<p><bdi>${escaped(booking.desk)}</bdi>${address ? `<br><bdi>${escaped(address)}</bdi>` : ''}</p>`,
    `<p>${escaped(t(`appointment:product.${booking.product}`))}</p>`,
    code ? `<p>${escaped(t('appointment:booking.code'))}: <bdi><strong>${escaped(code)}</strong></bdi></p>` : '',
    qr
      ? `<svg viewBox="0 0 ${qr.size} ${qr.size}" width="240" height="240"><path fill="#fff" d="M0 0h${qr.size}v${qr.size}H0z"/><path d="${qr.path}"/></svg>`
      : '',
    `<h2>${escaped(t('appointment:booking.bring'))}</h2>`,
    `<ul>${bringFor(booking)
      .map((item) => `<li>${escaped(t(`appointment:booking.bringItem.${item}`))}</li>`)
      .join('')}</ul>`,
  ];
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;margin:1.5rem;max-width:30rem}</style>
${lines.filter(Boolean).join('\n')}
</html>
`;
}
