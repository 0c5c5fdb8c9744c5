/** A sample with its labels; `__name__` is left out, as Prometheus does after a calculation. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Scrape {
  /** Seconds since 1970. */
  readonly at: number;
  readonly samples: readonly (Sample & { readonly name: string })[];
}

type Value = number | readonly Sample[];

/**
 * The part of Prometheus's language that our alert rules use: selectors, rate and increase over a range, sum, min and max,
 * histogram_quantile, absent, time, arithmetic, comparisons and `and`. A rate needs two samples of its series, as there.
 */
export function createPrometheus() {
  const scrapes: Scrape[] = [];
  return {
    /** @param figures what /metrics answers @param at seconds since 1970 */
    scrape(figures: string, at: number): void {
      scrapes.push({ at, samples: samplesIn(figures) });
    },
    /** Whether an alert with this expression would be pending at a moment. */
    fires(expression: string, at: number): boolean {
      const value = parse(expression)({ at, scrapes: scrapes.filter((scrape) => scrape.at <= at) });
      return typeof value === 'number' ? value !== 0 : value.length > 0;
    },
  };
}

const samplesIn = (figures: string): Scrape['samples'] =>
  [...figures.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text])),
    value: value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value),
  }));

interface Moment {
  readonly at: number;
  readonly scrapes: readonly Scrape[];
}
type Evaluate = (moment: Moment) => Value;

const TOKEN = /\s*(\d+(?:\.\d+)?[smhd]?|"[^"]*"|[a-zA-Z_]\w*|==|!=|=~|!~|>=|<=|[-+*/()[\]{},=<>])/y;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const AGGREGATIONS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, one) => sum + one, 0),
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function parse(expression: string): Evaluate {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(expression); found; found = TOKEN.exec(expression)) tokens.push(found[1] ?? '');
  let next = 0;
  const peek = () => tokens[next] ?? '';
  const take = (wanted?: string): string => {
    const token = peek();
    if (wanted !== undefined && token !== wanted)
      throw new Error(`"${expression}": ${wanted} expected, not "${token}"`);
    next += 1;
    return token;
  };

  /** Operators of one rank, left to right. */
  const chain = (rank: (operator: string) => boolean, inner: () => Evaluate, join: Join) => (): Evaluate => {
    let left = inner();
    while (rank(peek())) {
      const operator = take();
      const [before, after] = [left, inner()];
      left = (moment) => join(operator, before(moment), after(moment));
    }
    return left;
  };
  const factor = (): Evaluate => {
    const token = take();
    if (token === '(') {
      const inner = whole();
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (token in AGGREGATIONS) return aggregation(token);
    if (token === 'time') {
      take('(');
      take(')');
      return ({ at }) => at;
    }
    if (token === 'absent') return call((value) => (vectorOf(value).length > 0 ? [] : [{ labels: {}, value: 1 }]));
    if (token === 'histogram_quantile') return quantile();
    if (token === 'rate' || token === 'increase') return growth(token);
    return selector(token);
  };
  const product = chain((token) => token === '*' || token === '/', factor, calculated);
  const sum = chain((token) => token === '+' || token === '-', product, calculated);
  const comparison = chain((token) => token in COMPARISONS, sum, calculated);
  const whole: () => Evaluate = chain(
    (token) => token === 'and',
    comparison,
    (_and, left, right) =>
      vectorOf(left).filter(({ labels }) => vectorOf(right).some((other) => keyOf(other.labels) === keyOf(labels))),
  );

  function call(work: (value: Value) => Value): Evaluate {
    take('(');
    const inner = whole();
    take(')');
    return (moment) => work(inner(moment));
  }
  function aggregation(name: string): Evaluate {
    const by = peek() === 'by' ? namesIn(take()) : [];
    return call((value) => {
      const groups = new Map<string, Sample[]>();
      for (const sample of vectorOf(value)) {
        const labels = Object.fromEntries(by.map((label) => [label, sample.labels[label] ?? '']));
        groups.set(keyOf(labels), [...(groups.get(keyOf(labels)) ?? []), { labels, value: sample.value }]);
      }
      return [...groups.values()].map((group) => ({
        labels: group[0]?.labels ?? {},
        value: AGGREGATIONS[name]?.(group.map((one) => one.value)) ?? Number.NaN,
      }));
    });
  }
  function namesIn(_by: string): string[] {
    const names: string[] = [];
    take('(');
    while (peek() !== ')') {
      const token = take();
      if (token !== ',') names.push(token);
    }
    take(')');
    return names;
  }
  function quantile(): Evaluate {
    take('(');
    const share = Number(take());
    take(',');
    const inner = whole();
    take(')');
    return (moment) => [{ labels: {}, value: quantileOf(share, vectorOf(inner(moment))) }];
  }
  function growth(name: 'rate' | 'increase'): Evaluate {
    take('(');
    const series = seriesOf(take());
    take('[');
    const range = take();
    const seconds = Number.parseFloat(range) * (SECONDS[range.at(-1) ?? ''] ?? 1);
    take(']');
    take(')');
    return ({ at, scrapes }) => {
      const inRange = scrapes.filter((scrape) => scrape.at > at - seconds);
      const first = new Map<string, { readonly at: number; readonly value: number }>();
      const grown = new Map<string, Sample>();
      for (const scrape of inRange)
        for (const { labels, value } of scrape.samples.filter(series)) {
          const known = first.get(keyOf(labels));
          if (!known) first.set(keyOf(labels), { at: scrape.at, value });
          // Prometheus extends what two samples show over the whole range.
          else grown.set(keyOf(labels), { labels, value: (value - known.value) / (scrape.at - known.at) });
        }
      return [...grown.values()].map(({ labels, value }) => ({
        labels,
        value: name === 'rate' ? value : value * seconds,
      }));
    };
  }
  function selector(name: string): Evaluate {
    const series = seriesOf(name);
    return ({ scrapes }) =>
      scrapes
        .at(-1)
        ?.samples.filter(series)
        .map(({ labels, value }) => ({ labels, value })) ?? [];
  }
  function seriesOf(name: string): (sample: Scrape['samples'][number]) => boolean {
    const wishes: ((labels: Sample['labels']) => boolean)[] = [];
    if (peek() === '{') {
      while (take() !== '}') {
        if (peek() === '}') continue;
        const [label, operator, text] = [take(), take(), take().slice(1, -1)];
        const pattern = new RegExp(`^(?:${operator.endsWith('~') ? text : text.replace(/[^\w]/g, '\\$&')})$`);
        wishes.push((labels) => pattern.test(labels[label] ?? '') !== operator.startsWith('!'));
      }
    }
    return (sample) => sample.name === name && wishes.every((wish) => wish(sample.labels));
  }

  const evaluate = whole();
  if (next < tokens.length) throw new Error(`"${expression}": "${peek()}" is not understood`);
  return evaluate;
}

type Join = (operator: string, left: Value, right: Value) => Value;

/** A comparison filters; series are paired by equal labels. */
function calculated(operator: string, left: Value, right: Value): Value {
  const compute = ARITHMETIC[operator];
  const holds = COMPARISONS[operator];
  const one = (labels: Sample['labels'], a: number, b: number): Sample[] =>
    compute ? [{ labels, value: compute(a, b) }] : holds?.(a, b) ? [{ labels, value: a }] : [];
  if (typeof left === 'number' && typeof right === 'number')
    return compute ? compute(left, right) : Number(holds?.(left, right));
  if (typeof right === 'number') return vectorOf(left).flatMap(({ labels, value }) => one(labels, value, right));
  if (typeof left === 'number') return right.flatMap(({ labels, value }) => one(labels, left, value));
  return left.flatMap(({ labels, value }) =>
    right.filter((other) => keyOf(other.labels) === keyOf(labels)).flatMap((other) => one(labels, value, other.value)),
  );
}

function quantileOf(share: number, buckets: readonly Sample[]): number {
  const sorted = buckets
    .map(({ labels, value }) => ({ upTo: labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le), value }))
    .sort((a, b) => a.upTo - b.upTo);
  const wanted = share * (sorted.at(-1)?.value ?? 0);
  const at = sorted.findIndex(({ value }) => value >= wanted);
  const [below, bucket] = [sorted[at - 1] ?? { upTo: 0, value: 0 }, sorted[at]];
  if (!bucket) return Number.NaN;
  if (!Number.isFinite(bucket.upTo)) return below.upTo;
  return below.upTo + ((bucket.upTo - below.upTo) * (wanted - below.value)) / (bucket.value - below.value);
}

const vectorOf = (value: Value): readonly Sample[] => (typeof value === 'number' ? [{ labels: {}, value }] : value);

const keyOf = (labels: Sample['labels']): string => JSON.stringify(Object.entries(labels).sort());
