import { WideTable } from '~/estimate/wide-table';
import { useWords } from '~/i18n/use-t';
import type { EffectView } from './effect.server';
import { Bar, Swatch } from './insight-page';

/** What an experiment showed, how sure that is, and the weeks that it rests on. */
export function EffectPage({ view }: { readonly view: EffectView }) {
  const { language, t } = useWords();
  const { result, weeks, hash } = view;
  const groups = [t('helpdesk:effect.with'), t('helpdesk:effect.without')];
  return (
    <>
      <h1>{t('helpdesk:effect.title')}</h1>
      <p>{t('helpdesk:effect.lead')}</p>
      <div className="card card--answer">
        {result === null ? (
          <p>{t('helpdesk:effect.none')}</p>
        ) : typeof result === 'string' ? (
          <p>{t(`helpdesk:effect.${result}`)}</p>
        ) : (
          <>
            <p>
              <strong>{t(result.isClaim ? 'helpdesk:effect.shown' : 'helpdesk:effect.notShown')}</strong>
            </p>
            <p>{t('helpdesk:effect.avoided', result.avoided)}</p>
            <p>{t('helpdesk:effect.net', result.net)}</p>
            <p className="soft">{t('helpdesk:effect.limits', { part: result.part })}</p>
          </>
        )}
        {hash ? (
          <p className="soft">
            {t('helpdesk:effect.hash')} <code dir="ltr">{hash.match(/.{8}/g)?.join(' ')}</code>
          </p>
        ) : null}
      </div>
      <WideTable
        caption={t('helpdesk:effect.picture')}
        captionIsHeading
        columns={[t('helpdesk:insight.week'), ...groups, t('helpdesk:effect.looks')]}
        marks={Object.fromEntries(groups.map((group, at) => [group, <Swatch at={at} key={group} />]))}
        pictures={Object.fromEntries(weeks.map(({ week, bars }) => [week, <Bar bars={bars} key={week} />]))}
        rows={weeks.map(({ week, cells, looks }) => [week, ...cells, looks] as const)}
      />
      <ul>
        <li>
          <a href={`/${language}/staff/effect/export`}>{t('helpdesk:insight.export')}</a>
        </li>
        <li>
          <a href={`/${language}/staff`}>{t('helpdesk:start.title')}</a>
        </li>
      </ul>
    </>
  );
}
