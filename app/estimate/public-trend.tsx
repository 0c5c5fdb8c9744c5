import type { Translate } from '~/i18n/keys';
import { useT } from '~/i18n/use-t';
import { Section } from '~/ui/section';
import { Chart } from './chart';
import type { TrendView } from './public-figures-view.server';
import { WideTable } from './wide-table';

/** How the wait of a new applicant developed: in words, as a picture, as a table. */
export function Trend({ trend }: { readonly trend: TrendView | null }) {
  const t = useT();
  if (!trend) {
    return (
      <Section title={t('wait:trend.title')} folded>
        <p>{t('wait:trend.unknown')}</p>
      </Section>
    );
  }
  const days = (value: string | null) => value ?? t('wait:trend.notKnown');
  const ends = [trend.first, trend.last].map((point) => pointWords(point, t));
  const moved = trend.moved ? t(`wait:trend.${trend.moved}`) : '';
  return (
    <Section title={t('wait:trend.title')} folded>
      <p>
        <strong>{moved}</strong> {t('wait:trend.intro')}
      </p>
      <ul>
        {ends.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <TrendPicture points={trend.points} label={[moved, ...ends].join(' ').trim()} />
      <p className="chart__ends soft">
        <span>{trend.first.month}</span>
        <span>{trend.last.month}</span>
      </p>
      <p className="soft">
        {t('wait:trend.key')} {t('wait:trend.top', { most: trend.most })}
      </p>
      <details className="filter">
        <summary>{t('wait:allNumbers')}</summary>
        <WideTable
          caption={t('wait:trend.table')}
          columns={[t('wait:trend.monthColumn'), t('wait:trend.low'), t('wait:trend.median'), t('wait:trend.high')]}
          rows={trend.rows.map(({ month, low, median, high }) => [month, days(low), days(median), days(high)])}
        />
      </details>
    </Section>
  );
}

function pointWords({ month, span }: TrendView['first'], t: Translate): string {
  if (span === null) return t('wait:trend.none', { month });
  const { low, high } = span;
  return high === null ? t('wait:trend.from', { month, low }) : t('wait:trend.range', { month, low, high });
}

/** A bar for each month from the low to the high end. */
function TrendPicture({ points, label }: { readonly points: TrendView['points']; readonly label: string }) {
  return (
    <Chart columns={points.length} label={label}>
      {({ step, left, y }) =>
        points.map(({ low, median, high }, index) => {
          if (low === null) return null;
          const x = left(index) + step * 0.12;
          const key = `${index}`;
          return (
            <g key={key}>
              {high === null ? (
                <line
                  className="open"
                  x1={x + step * 0.38}
                  x2={x + step * 0.38}
                  y1={y(low)}
                  y2={y(1)}
                  strokeWidth={step * 0.76}
                />
              ) : (
                <rect
                  className="band"
                  x={x}
                  width={step * 0.76}
                  y={y(high)}
                  height={Math.max(1, y(low) - y(high))}
                  rx="2"
                />
              )}
              {median === null ? null : <circle className="dot" cx={x + step * 0.38} cy={y(median)} r="3" />}
            </g>
          );
        })
      }
    </Chart>
  );
}
