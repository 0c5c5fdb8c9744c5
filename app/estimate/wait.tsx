import { useT, useWords } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { TenPeople, WaitLine } from './pictures';
import { WaitHistory } from './wait-history';
import type { Basis, WaitView } from './wait-view.server';

/** The expected wait: always a range, with what it is based on. */
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
  const { language, t } = useWords();
  return (
    <>
      <RangeWords wait={wait} />
      {wait.first ? <p>{t('case:wait.first', { date: wait.first })}</p> : null}
      {wait.switched ? <Notice tone="care" text={t(`case:wait.switched.${wait.switched}`)} /> : null}
      {wait.paused ? <p>{t('case:wait.pausedNow')}</p> : null}
      {wait.cohort ? <p>{t('case:wait.cohort', { month: wait.cohort })}</p> : null}
      {wait.isOlder ? <p>{t('case:wait.older')}</p> : null}
      {wait.trust === 'none' ? null : <Grounds basis={wait.basis} />}
      <WaitHistory change={wait.change} history={wait.history} />
      <p>
        <a href={`/${language}/wait`}>{t('case:wait.all')}</a> ·{' '}
        <a href={`/${language}/wait/record`}>{t('case:wait.record')}</a>
      </p>
    </>
  );
}

function RangeWords({ wait }: { readonly wait: WaitView }) {
  const t = useT();
  switch (wait.trust) {
    case 'ok':
    case 'unsettled':
      return (
        <>
          <p className="wait__dates">{t('case:wait.range', { low: wait.low, high: wait.high })}</p>
          {wait.trust === 'unsettled' && !wait.switched ? <Notice tone="care" text={t('case:wait.unsettled')} /> : null}
          <WaitLine
            picture={wait.picture}
            label={t('case:wait.picture', { low: wait.low, median: wait.median, high: wait.high })}
          />
          <TenPeople label={t('case:wait.dots')} />
          <p>{t('case:wait.tenths')}</p>
          <p>{t('case:wait.late', { high: wait.high })}</p>
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
          {wait.switched ? null : <p>{t('case:wait.noneMore')}</p>}
        </>
      );
  }
}

function Grounds({ basis }: { readonly basis: Basis }) {
  const t = useT();
  return (
    <div className="soft">
      {basis.rightOf100 === null ? null : <p>{t('case:wait.checked', { share: basis.rightOf100 })}</p>}
      <p>
        {t('case:wait.basis', { count: basis.decisions })} {t('case:wait.asOf', { date: basis.asOf })}
      </p>
      <p>{t('case:wait.not')}</p>
    </div>
  );
}
