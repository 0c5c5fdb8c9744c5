import { useT, useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import { Section } from '~/ui/section';
import type { FlowView } from './public-figures-view.server';
import { WideTable } from './wide-table';

export function Flow({ flow }: { readonly flow: FlowView | null }) {
  const t = useT();
  if (!flow) {
    return (
      <Section title={t('wait:flow.title')}>
        <p>{t('wait:flow.unknown')}</p>
      </Section>
    );
  }
  const { received, decided, grows } = flow;
  const words = `${t('wait:flow.words', { received, decided })} ${t(`wait:flow.${grows}`)}`;
  return (
    <Section title={t('wait:flow.title')}>
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

const WIDTH = 320;
const HEIGHT = 140;
const EDGE = 4;

/** Bars for applications, a line with dots for decisions. Time runs in the reading direction. */
function FlowPicture({ points, label }: { readonly points: FlowView['points']; readonly label: string }) {
  const { language } = useWords();
  const step = WIDTH / points.length;
  const left = (index: number) => (directionOf(language) === 'rtl' ? points.length - 1 - index : index) * step;
  const y = (part: number) => HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE);
  const dots = points.map(({ decided }, index) => ({ x: left(index) + step / 2, y: y(decided) }));
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="line" x1="0" x2={WIDTH} y1={y(1)} y2={y(1)} />
      <line className="line" x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
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
      <polyline className="path" points={dots.map((dot) => `${dot.x.toFixed(1)},${dot.y.toFixed(1)}`).join(' ')} />
      {dots.map((dot) => (
        <circle className="dot" key={dot.x} cx={dot.x} cy={dot.y} r="3" />
      ))}
    </svg>
  );
}
