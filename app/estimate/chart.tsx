import type { ReactNode } from 'react';
import { useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';

const WIDTH = 320;
const HEIGHT = 140;
const EDGE = 4;

interface Axes {
  /** The width of one column, and where the column of an index starts. */
  readonly step: number;
  readonly left: (index: number) => number;
  /** The height of a part between 0, at the bottom, and 1. */
  readonly y: (part: number) => number;
}

interface ChartProps {
  readonly columns: number;
  readonly label: string;
  readonly children: (axes: Axes) => ReactNode;
}

/** A picture with a column for each month. Time runs in the reading direction. */
export function Chart({ columns, label, children }: ChartProps) {
  const { language } = useWords();
  const step = WIDTH / columns;
  const left = (index: number) => (directionOf(language) === 'rtl' ? columns - 1 - index : index) * step;
  const y = (part: number) => HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="line" x1="0" x2={WIDTH} y1={y(1)} y2={y(1)} />
      <line className="line" x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
      {children({ step, left, y })}
    </svg>
  );
}
