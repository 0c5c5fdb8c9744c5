declare module 'autocannon' {
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Seconds; or how many requests to send in `amount`. */
    readonly duration?: number;
    readonly amount?: number;
    /** Sent in turn by each connection. */
    readonly requests?: readonly { readonly path: string }[];
    /** Requests a second, summed over all connections. */
    readonly overallRate?: number;
    readonly headers: Readonly<Record<string, string>>;
  }
  interface Result {
    readonly requests: { readonly total: number; readonly average: number };
    readonly latency: { readonly p50: number; readonly p99: number };
    readonly non2xx: number;
    readonly errors: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
