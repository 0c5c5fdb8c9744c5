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
        <Table
          id="weeks"
          title={t('helpdesk:insight.picture')}
          head={[
            t('helpdesk:insight.week'),
            ...reasons,
            t('helpdesk:insight.calls'),
            t('helpdesk:insight.readersYes'),
            t('helpdesk:insight.readersNo'),
          ]}
          swatches={reasons.length}
          rows={[
            ...weeks.map(({ week, cells, bars, calls, yes, no }) => ({
              name: week,
              picture: <Bar bars={bars} />,
              cells: [...cells, calls, yes, no],
            })),
            { name: t('helpdesk:insight.total'), picture: null, cells: sums },
          ]}
        />
      ) : null}
      {fails.length > 0 ? (
        <Table
          id="fails"
          title={t('helpdesk:insight.fails')}
          head={[
            t('helpdesk:insight.pageName'),
            t('helpdesk:insight.callsNo'),
            t('helpdesk:insight.readersNo'),
            t('helpdesk:insight.readers'),
            t('helpdesk:insight.missed'),
          ]}
          rows={fails.map(({ name, calls, no, readers, missed }) => ({
            name,
            picture: null,
            cells: [calls, no, readers, missed ?? '–'],
          }))}
        />
      ) : null}
      {stages.length > 0 ? (
        <Table
          id="stages"
          title={t('helpdesk:insight.stages')}
          head={[
            `${t('helpdesk:insight.procedure')} · ${t('helpdesk:insight.stage')}`,
            t('helpdesk:insight.calls'),
            t('helpdesk:insight.callsNo'),
          ]}
          rows={stages.map(({ name, calls, failed }) => ({ name, picture: null, cells: [calls, failed] }))}
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

interface TableProps {
  readonly id: string;
  readonly title: string;
  readonly head: readonly string[];
  /** How many columns after the first have a colour in the picture. */
  readonly swatches?: number;
  readonly rows: readonly {
    readonly name: string;
    readonly picture: React.ReactNode;
    readonly cells: readonly string[];
  }[];
}

function Table({ id, title, head, swatches = 0, rows }: TableProps) {
  return (
    <>
      <h2 id={id}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className="wide" role="group" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {head.map((name, at) => (
                <th scope="col" key={name}>
                  {at > 0 && at <= swatches ? <Swatch at={at - 1} /> : null}
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, picture, cells }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  {picture}
                </th>
                {cells.map((cell, at) => (
                  <td key={head[at + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const toneOf = (at: number) => `tone tone--${at % 4}`;

const Swatch = ({ at }: { readonly at: number }) => (
  <svg className="swatch" viewBox="0 0 1 1" aria-hidden="true">
    <rect className={toneOf(at)} width="1" height="1" />
  </svg>
);

/** A week's calls, a part for each reason. The table has the numbers. */
function Bar({ bars }: { readonly bars: readonly number[] }) {
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
