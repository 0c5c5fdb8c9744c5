/** Rate, errors and duration of every route, for a Prometheus to fetch. */
export interface Metrics {
  record(method: string, route: string, status: number, milliseconds: number): void;
  /** Everything so far in Prometheus' text format. */
  text(): string;
}

interface Series {
  readonly labels: string;
  readonly buckets: number[];
  count: number;
  seconds: number;
}

const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics(): Metrics {
  const all = new Map<string, Series>();
  return {
    record(method, route, status, milliseconds) {
      const labels = `method="${method}",route="${route}",status="${Math.floor(status / 100)}xx"`;
      const series = all.get(labels) ?? { labels, buckets: BOUNDS.map(() => 0), count: 0, seconds: 0 };
      all.set(labels, series);
      const seconds = milliseconds / 1000;
      series.count += 1;
      series.seconds += seconds;
      for (const [index, bound] of BOUNDS.entries())
        if (seconds <= bound) series.buckets[index] = (series.buckets[index] ?? 0) + 1;
    },
    text: () =>
      [
        '# HELP zicht_request_seconds Time from the first byte of a request to the last of its answer.',
        '# TYPE zicht_request_seconds histogram',
        ...[...all.values()].flatMap(linesOf),
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
        '# TYPE process_cpu_seconds_total counter',
        `process_cpu_seconds_total ${(process.cpuUsage().user + process.cpuUsage().system) / 1e6}`,
        '',
      ].join('\n'),
  };
}

const linesOf = ({ labels, buckets, count, seconds }: Series): string[] => [
  ...BOUNDS.map((bound, index) => `zicht_request_seconds_bucket{${labels},le="${bound}"} ${buckets[index]}`),
  `zicht_request_seconds_bucket{${labels},le="+Inf"} ${count}`,
  `zicht_request_seconds_sum{${labels}} ${seconds}`,
  `zicht_request_seconds_count{${labels}} ${count}`,
];
