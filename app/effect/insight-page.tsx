import { WideTable } from '~/estimate/wide-table';
import { useWords } from '~/i18n/use-t';
import type { InsightView } from './insight.server';

/** Why people call, newest week first, and the pages that help least. */
export function InsightPage({ view }: { readonly view: InsightView }) {
  const { language, t } = useWords();
  const { weeks, reasons, sums, fails, stages } = view;
  return (
    <>
      <h1>{t('helpdesk:insight.title')}</h1>
      <p>
        {t('helpdesk:insight.lead')} {t('helpdesk:insight.small', { least: view.least })}
      </p>
      {weeks.length === 0 ? <p>{t('helpdesk:insight.none')}</p> : null}
      {weeks.length > 0 ? (
        <WideTable
          caption={t('helpdesk:insight.picture')}
          captionIsHeading
          columns={[
            t('helpdesk:insight.week'),
            ...reasons,
            t('helpdesk:insight.calls'),
            t('helpdesk:insight.readersYes'),
            t('helpdesk:insight.readersNo'),
          ]}
          marks={Object.fromEntries(reasons.map((reason, at) => [reason, <Swatch at={at} key={reason} />]))}
          pictures={Object.fromEntries(weeks.map(({ week, bars }) => [week, <Bar bars={bars} key={week} />]))}
          rows={[
            ...weeks.map(({ week, cells, calls, yes, no }) => [week, ...cells, calls, yes, no] as const),
            [t('helpdesk:insight.total'), ...sums],
          ]}
        />
      ) : null}
      {fails.length > 0 ? (
        <WideTable
          caption={t('helpdesk:insight.fails')}
          captionIsHeading
          columns={[
            t('helpdesk:insight.pageName'),
            t('helpdesk:insight.callsNo'),
            t('helpdesk:insight.readersNo'),
            t('helpdesk:insight.readers'),
            t('helpdesk:insight.missed'),
          ]}
          rows={fails.map(({ name, calls, no, readers, missed }) => [name, calls, no, readers, missed ?? '–'])}
        />
      ) : null}
      {stages.length > 0 ? (
        <WideTable
          caption={t('helpdesk:insight.stages')}
          captionIsHeading
          columns={[
            `${t('helpdesk:insight.procedure')} · ${t('helpdesk:insight.stage')}`,
            t('helpdesk:insight.calls'),
            t('helpdesk:insight.callsNo'),
          ]}
          rows={stages.map(({ name, calls, failed }) => [name, calls, failed])}
        />
      ) : null}
      <ul>
        <li>
          <a href={`/${language}/helpdesk/insight/export`}>{t('helpdesk:insight.export')}</a>
        </li>
        <li>
          <a href={`/${language}/helpdesk/insight/export?what=answers`}>{t('helpdesk:insight.exportAnswers')}</a>
        </li>
        <li>
          <a href={`/${language}/staff`}>{t('helpdesk:start.title')}</a>
        </li>
      </ul>
    </>
  );
}

const toneOf = (at: number) => `tone tone--${at % 4}`;

/** The colour of a column in its bars. */
export const Swatch = ({ at }: { readonly at: number }) => (
  <svg className="swatch" viewBox="0 0 1 1" aria-hidden="true">
    <rect className={toneOf(at)} width="1" height="1" />
  </svg>
);

/** A week's calls, a part for each column. The table has the numbers. */
export function Bar({ bars }: { readonly bars: readonly number[] }) {
  const starts = bars.map((_, at) => bars.slice(0, at).reduce((all, each) => all + each, 0));
  return (
    <svg className="reasons" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      {bars.map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part for each column
        <rect className={toneOf(at)} x={starts[at]} width={width} height="8" key={at} />
      ))}
    </svg>
  );
}
