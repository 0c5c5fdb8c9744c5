import type { Config } from '~/config/config.server';
import { requestContext } from './request-context.server';
import type { Span, Tracer } from './tracer';

let tracer: Tracer | null = null;

/** Loads the packages for traces, and sends traces from now on, when a collector is set. */
export async function startTracing(
  settings: Pick<
    Config,
    'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS' | 'OTEL_TRACES_SAMPLER_ARG' | 'OTEL_SERVICE_NAME'
  >,
): Promise<void> {
  if (settings.OTEL_EXPORTER_OTLP_ENDPOINT === undefined) return;
  const { otlpTracer } = await import('./otlp-tracer.server');
  tracer = otlpTracer({ ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: settings.OTEL_EXPORTER_OTLP_ENDPOINT });
}

export async function stopTracing(): Promise<void> {
  await tracer?.stop();
  tracer = null;
}

/** Begins a span; null when no traces are sent. @param parent the `traceparent` that it belongs to */
export const startSpan = (kind: Parameters<Tracer['start']>[0], parent: string | null): Span | null =>
  tracer?.start(kind, parent) ?? null;

/** Headers that tell a backend which request it works for. */
export function tracingHeaders(span: Span | null): Record<string, string> {
  const context = requestContext();
  const traceparent = span?.traceparent ?? context?.traceparent;
  return {
    ...(context ? { 'x-request-id': context.requestId } : {}),
    ...(traceparent ? { traceparent } : {}),
  };
}
