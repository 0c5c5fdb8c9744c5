import { useT, useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import type { Picture } from './wait-view.server';

/** The range on a line that begins today, with the legal last day marked. Time runs in the reading direction. */
export function WaitLine({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const t = useT();
  const { language } = useWords();
  const rightToLeft = directionOf(language) === 'rtl';
  const x = (share: number) => 10 + (rightToLeft ? 100 - share : share) * 3;
  const [start, end] = [x(picture.low), x(picture.high)];
  return (
    <>
      <svg className="wait__picture" viewBox="0 0 320 40" role="img" aria-label={label}>
        <line className="line" x1={x(0)} x2={x(100)} y1="20" y2="20" strokeWidth="2" />
        <line className="line" x1={x(0)} x2={x(0)} y1="12" y2="28" strokeWidth="3" />
        <rect className="band" x={Math.min(start, end)} width={Math.abs(end - start)} y="11" height="18" rx="9" />
        <circle className="median" cx={x(picture.median)} cy="20" r="6" />
        {picture.legal === null ? null : (
          <line className="legal" x1={x(picture.legal)} x2={x(picture.legal)} y1="2" y2="38" strokeWidth="3" />
        )}
      </svg>
      {picture.legal === null ? null : (
        <p className="soft">
          <span aria-hidden="true">┆ </span>
          {t('case:wait.legal')}
        </p>
      )}
    </>
  );
}

const PEOPLE = Array.from({ length: 10 }, (_, index) => index);

/** Ten people like the reader: one before the range, eight in it, one after. */
export function TenPeople({ label }: { readonly label: string }) {
  return (
    <svg className="wait__people" viewBox="0 0 250 24" role="img" aria-label={label}>
      {PEOPLE.map((person) => (
        <circle
          key={person}
          className={person === 0 || person === 9 ? 'outside' : 'inside'}
          cx={14 + person * 24 + (person === 0 ? -2 : person === 9 ? 2 : 0)}
          cy="12"
          r="8"
        />
      ))}
    </svg>
  );
}
