/** Numbers and words that name no person: patterns of routes, names of backends, status codes. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** A piece of work that a trace shows with its duration. */
export interface Span {
  /** For what is done within it, here or in a backend (W3C Trace Context). */
  readonly traceparent: string;
  /** @param failed the kind of the failure; null when there is none */
  end(name: string, facts: SpanFacts, failed: string | null): void;
}

export interface Tracer {
  start(kind: 'server' | 'client' | 'internal', parent: string | null): Span;
  /** Sends what is still kept. */
  stop(): Promise<void>;
}
