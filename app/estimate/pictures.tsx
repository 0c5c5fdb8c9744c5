import { useT, useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import type { Picture } from './wait-view.server';

/** Where a label fits best: behind its point, before it, or around it. */
const anchorAt = (share: number) => (share < 34 ? 'start' : share > 66 ? 'end' : 'middle');

/** The range on a line that begins today, with the legal last day marked. Time runs in the reading direction. */
export function WaitLine({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const t = useT();
  const { language } = useWords();
  const rightToLeft = directionOf(language) === 'rtl';
  const x = (share: number) => 6 + (rightToLeft ? 100 - share : share) * 3.08;
  const { low, high, legal } = picture;
  const [start, end] = [x(low.at), x(high.at)];
  const middle = (low.at + high.at) / 2;
  const rangeAnchor = anchorAt(middle);
  const rangeAt = { start: low.at, middle, end: high.at }[rangeAnchor];
  // Below the word for today, where there is no room beside it.
  const legalBelow = legal !== null && legal.at < 60;
  return (
    <svg
      className="wait__picture"
      viewBox={`0 0 320 ${legalBelow ? 78 : 62}`}
      role="img"
      aria-label={legal ? `${label} ${t('case:wait.legal')}: ${legal.date}.` : label}
    >
      <text x={x(rangeAt)} y="13" textAnchor={rangeAnchor} className="ends">
        {low.date} – {high.date}
      </text>
      <line className="line" x1={x(0)} x2={x(100)} y1="31" y2="31" />
      <rect className="band" x={Math.min(start, end)} width={Math.abs(end - start)} y="23" height="16" rx="8" />
      <circle className="today" cx={x(0)} cy="31" r="6" />
      <text x={x(0) + (rightToLeft ? 6 : -6)} y="57" textAnchor="start">
        {t('case:wait.today')}
      </text>
      {legal ? (
        <>
          <line className="legal" x1={x(legal.at)} x2={x(legal.at)} y1="19" y2={legalBelow ? 60 : 43} />
          <text x={x(legal.at)} y={legalBelow ? 74 : 57} textAnchor={anchorAt(legal.at)}>
            {t('case:wait.legal')}: {legal.date}
          </text>
        </>
      ) : null}
    </svg>
  );
}
