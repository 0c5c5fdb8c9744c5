import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openGate } from '~/agency/gate.server';
import { startTracing, stopTracing } from '~/platform/tracing.server';
import { VIEWER } from '../../tests/agency/planner';
import { askAt, listening, portalOptions, stop } from '../../tests/portal/portal-options';
import { createPortal } from './portal.server';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CANARY = 'CANARY-4711';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

/** What the collector received: the bodies, and the requests' headers. */
const received: { body: string; authorization: string | undefined; path: string | undefined }[] = [];
const asked: (string | string[] | undefined)[] = [];

const collector = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  received.push({ body, authorization: request.headers.authorization, path: request.url });
  response.end('{}');
});
const backend = createServer((request, response) => {
  asked.push(request.headers.traceparent);
  response.setHeader('content-type', 'application/json').end('{"n":1}');
});
const addressOf = (server: typeof backend) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  for (const server of [collector, backend])
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
});
afterAll(() => {
  for (const server of [collector, backend]) stop(server);
});

test('a request and its calls are one trace, without what was asked', async () => {
  await startTracing({
    OTEL_EXPORTER_OTLP_ENDPOINT: addressOf(collector),
    OTEL_EXPORTER_OTLP_HEADERS: { authorization: 'Bearer of-the-collector' },
    OTEL_TRACES_SAMPLER_ARG: 1,
    OTEL_SERVICE_NAME: 'zicht-of-a-test',
  });
  const gate = openGate({ name: 'cases', baseUrl: `${addressOf(backend)}/${CANARY}`, attemptMs: 5_000 });
  const portal = createPortal(
    portalOptions({
      ':lang/cases/:ref': async () =>
        Response.json(await gate.ask({ path: `/${CANARY}`, by: VIEWER, schema: z.object({ n: z.number() }) })),
    }),
  );
  const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
  const answer = await askAt(await listening(portal), `/en/cases/${CANARY}?q=${CANARY}`, { headers: { traceparent } });
  expect(answer.status).toBe(200);
  stop(portal);
  await gate.close();
  await stopTracing();

  expect(received.map(({ path, authorization }) => [path, authorization])).toEqual([
    ['/v1/traces', 'Bearer of-the-collector'],
  ]);
  const sent = received.map(({ body }) => body).join('');
  expect(sent).not.toContain(CANARY);
  expect(sent).toContain('zicht-of-a-test');
  const spans: SentSpan[] = JSON.parse(sent).resourceSpans[0].scopeSpans[0].spans;
  const [call, page] = ['GET cases', 'GET /:lang/cases/:ref'].map((name) => spans.find((span) => span.name === name));
  expect(page).toMatchObject({ traceId: TRACE, parentSpanId: 'b7ad6b7169203331', kind: 2 });
  expect(call).toMatchObject({ traceId: TRACE, parentSpanId: page?.spanId, kind: 3 });
  expect(asked).toEqual([`00-${TRACE}-${call?.spanId}-01`]);
  expect(page?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: 200 } });
});
