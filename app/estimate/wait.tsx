import { useT, useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import type { Loaded } from '~/model/loaded';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import type { Basis, Picture, WaitView } from './wait-view';

/** How long it may still take: always a range, with what it is based on and what it is not. */
export function Wait({ wait }: { readonly wait: Loaded<WaitView> }) {
  const t = useT();
  return (
    <Section title={t('case:wait.title')}>
      {wait.state === 'unavailable' ? (
        <Trouble why={wait.why} title={t('case:wait.couldNotAsk')} />
      ) : (
        <Known wait={wait.value} />
      )}
    </Section>
  );
}

function Known({ wait }: { readonly wait: WaitView }) {
  const t = useT();
  if (wait.trust === 'decided') return <p>{t('case:wait.decided')}</p>;
  return (
    <>
      {wait.paused ? <p>{t('case:wait.pausedNow')}</p> : null}
      <Said wait={wait} />
      {wait.trust === 'none' ? null : <Grounds basis={wait.basis} />}
    </>
  );
}

function Said({ wait }: { readonly wait: Exclude<WaitView, { trust: 'decided' }> }) {
  const t = useT();
  switch (wait.trust) {
    case 'ok':
    case 'unsettled':
      return (
        <>
          <p className="wait__dates">{t('case:wait.range', { low: wait.low, high: wait.high })}</p>
          {wait.trust === 'unsettled' ? (
            <Notice tone="care">
              <p>{t('case:wait.unsettled')}</p>
            </Notice>
          ) : null}
          <Line
            picture={wait.picture}
            label={t('case:wait.picture', { low: wait.low, median: wait.median, high: wait.high })}
          />
          <p>{t('case:wait.tenths')}</p>
        </>
      );
    case 'one-sided':
      return (
        <>
          <p className="wait__dates">{t('case:wait.oneSided', { low: wait.low })}</p>
          <p>{t('case:wait.oneSidedMore')}</p>
        </>
      );
    case 'open':
      return (
        <>
          <p className="wait__dates">{t('case:wait.open', { months: wait.horizon })}</p>
          <p>{t('case:wait.openMore')}</p>
        </>
      );
    case 'none':
      return (
        <>
          <p className="wait__dates">{t('case:wait.none')}</p>
          <p>{t('case:wait.noneMore')}</p>
        </>
      );
  }
}

function Grounds({ basis }: { readonly basis: Basis }) {
  const t = useT();
  return (
    <div className="soft">
      <p>
        {t('case:wait.basis', { count: basis.decisions })} {t('case:wait.asOf', { date: basis.asOf })}{' '}
        {basis.rightOf100 === null ? null : t('case:wait.checked', { share: basis.rightOf100 })}
      </p>
      <p>{t('case:wait.not')}</p>
    </div>
  );
}

/** The range on a line that begins today. Time runs in the reading direction. */
function Line({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const t = useT();
  const { language } = useWords();
  const rightToLeft = directionOf(language) === 'rtl';
  const x = (share: number) => 10 + (rightToLeft ? 100 - share : share) * 3;
  const [start, end] = [x(picture.low), x(picture.high)];
  return (
    <>
      <svg className="wait__picture" viewBox="0 0 320 40" role="img" aria-label={label} preserveAspectRatio="none">
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
