import { useT } from '~/i18n/use-t';
import { Section } from '~/ui/section';
import { Chart } from './chart';
import type { FlowView } from './public-figures-view.server';
import { WideTable } from './wide-table';

export function Flow({ flow }: { readonly flow: FlowView | null }) {
  const t = useT();
  if (!flow) {
    return (
      <Section title={t('wait:flow.title')} folded>
        <p>{t('wait:flow.unknown')}</p>
      </Section>
    );
  }
  const { received, decided, grows } = flow;
  const words = `${t('wait:flow.words', { received, decided })} ${t(`wait:flow.${grows}`)}`;
  return (
    <Section title={t('wait:flow.title')} folded>
      <p>
        {words} {t('wait:flow.open', { open: flow.open })}
      </p>
      <FlowPicture points={flow.points} label={words} />
      <p className="chart__ends soft">
        <span>{flow.first}</span>
        <span>{flow.last}</span>
      </p>
      <p className="soft">
        <span className="chart__bar" aria-hidden="true">
          ■
        </span>{' '}
        {t('wait:flow.received')} ·{' '}
        <span className="chart__dot" aria-hidden="true">
          ●
        </span>{' '}
        {t('wait:flow.decided')}. {t('wait:flow.top', { most: flow.most })}
      </p>
      <details className="filter">
        <summary>{t('wait:allNumbers')}</summary>
        <WideTable
          caption={t('wait:flow.table')}
          columns={[
            t('wait:trend.monthColumn'),
            t('wait:flow.weeks'),
            t('wait:flow.receivedColumn'),
            t('wait:flow.decidedColumn'),
            t('wait:flow.openColumn'),
          ]}
          rows={flow.rows.map(({ month, weeks, received, decided, open }) => [month, weeks, received, decided, open])}
        />
      </details>
    </Section>
  );
}

/** Bars for applications, a line with dots for decisions. */
function FlowPicture({ points, label }: { readonly points: FlowView['points']; readonly label: string }) {
  return (
    <Chart columns={points.length} label={label}>
      {({ step, left, y }) => {
        const dots = points.map(({ decided }, index) => ({ x: left(index) + step / 2, y: y(decided) }));
        return (
          <>
            {points.map(({ received }, index) => {
              const key = `${index}`;
              const top = y(received);
              return (
                <rect
                  className="band"
                  key={key}
                  x={left(index) + step * 0.12}
                  width={step * 0.76}
                  y={top}
                  height={y(0) - top}
                />
              );
            })}
            <polyline
              className="path"
              points={dots.map((dot) => `${dot.x.toFixed(1)},${dot.y.toFixed(1)}`).join(' ')}
            />
            {dots.map((dot) => (
              <circle className="dot" key={dot.x} cx={dot.x} cy={dot.y} r="3" />
            ))}
          </>
        );
      }}
    </Chart>
  );
}
