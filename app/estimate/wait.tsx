import { useT, useWords } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { Fold } from '~/ui/fold';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { WaitLine } from './pictures';
import { WaitHistory } from './wait-history';
import type { Basis, WaitView } from './wait-view.server';

/** The expected wait: always a range. How it is made and how good it was is folded away. */
interface WaitProps {
  readonly wait: Loaded<WaitView>;
  /** Where nothing else on the page tells that the decision period is paused. */
  readonly tellsPause: boolean;
}

export function Wait({ wait, tellsPause }: WaitProps) {
  const t = useT();
  return (
    <Section title={t('case:wait.title')} unheaded={wait.state !== 'unavailable'}>
      {wait.state === 'unavailable' ? (
        <Trouble why={wait.why} title={t('case:wait.couldNotAsk')} />
      ) : (
        <Known wait={wait.value} tellsPause={tellsPause} />
      )}
    </Section>
  );
}

function Known({ wait, tellsPause }: Pick<WaitProps, 'tellsPause'> & { readonly wait: WaitView }) {
  const { language, t } = useWords();
  return (
    <>
      <RangeWords wait={wait} />
      {wait.first ? <p>{t('case:wait.first', { date: wait.first })}</p> : null}
      {wait.switched ? <Notice tone="plain" text={t(`case:wait.switched.${wait.switched}`)} /> : null}
      {wait.paused && tellsPause ? <p>{t('case:wait.pausedNow')}</p> : null}
      {wait.isOlder ? (
        <Fold title={t('case:wait.whyLonger')}>
          <p>{t('case:wait.older')}</p>
        </Fold>
      ) : null}
      <WaitHistory change={wait.change} history={wait.history} />
      <Fold title={t('case:wait.how')}>
        {wait.trust === 'none' ? null : <Grounds basis={wait.basis} />}
        {wait.cohort ? <p>{t('case:wait.cohort', { month: wait.cohort })}</p> : null}
        <p>
          <a href={`/${language}/wait`}>{t('case:wait.all')}</a> ·{' '}
          <a href={`/${language}/wait/record`}>{t('case:wait.record')}</a>
        </p>
      </Fold>
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
          <p className="wait__span">
            {wait.span.low === null
              ? t('case:wait.within', { high: wait.span.high })
              : t('case:wait.span', { low: wait.span.low, high: wait.span.high })}
          </p>
          <WaitLine
            picture={wait.picture}
            label={t('case:wait.picture', { low: wait.low, median: wait.median, high: wait.high })}
          />
          <p>{t('case:wait.tenths')}</p>
          {wait.trust === 'unsettled' && !wait.switched ? (
            <Notice tone="plain" text={t('case:wait.unsettled')} />
          ) : null}
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
    <>
      {basis.rightOf100 === null ? null : <p>{t('case:wait.checked', { share: basis.rightOf100 })}</p>}
      <p>
        {t('case:wait.basis', { count: basis.decisions })} {t('case:wait.asOf', { date: basis.asOf })}
      </p>
      <p>{t('case:wait.not')}</p>
    </>
  );
}
