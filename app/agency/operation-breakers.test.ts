import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '~/platform/breaker';
import { createOperationBreakers, operationOf } from './operation-breakers';

const NOW = 5_000_000;

function failing(breakers: ReturnType<typeof createOperationBreakers>, operation: string, at = NOW): void {
  for (let call = 0; call < DEFAULT_RULES.minimumCalls; call += 1) breakers.of(operation, at).failed(at);
}

describe('the breakers of a backend', () => {
  test('one failing operation leaves the others closed', () => {
    const breakers = createOperationBreakers();
    failing(breakers, 'GET /a');
    expect(breakers.of('GET /a', NOW).permits(NOW)).toBe(false);
    expect(breakers.of('GET /b', NOW).permits(NOW)).toBe(true);
    expect(breakers.connection.permits(NOW)).toBe(true);
  });

  test('tell the worst state of what was asked in the last minute', () => {
    const breakers = createOperationBreakers();
    expect(breakers.state(NOW)).toBe('closed');
    failing(breakers, 'GET /a');
    breakers.of('GET /b', NOW).succeeded();
    expect(breakers.state(NOW)).toBe('open');
    expect(breakers.state(NOW + 60_000)).toBe('closed');
  });

  test('stay few, however many paths are asked', () => {
    const breakers = createOperationBreakers();
    for (let n = 0; n < 1_000; n += 1) breakers.of(`GET /odd${n}`, NOW);
    expect(breakers.of('GET /new', NOW)).toBe(breakers.of('GET /newer', NOW));
    expect(breakers.of('GET /odd1', NOW)).not.toBe(breakers.of('GET /odd2', NOW));
  });
});

describe('an operation', () => {
  test.each([
    ['/zaken/_zoek?page=2', 'GET /zaken/_zoek'],
    ['/statussen/5b2f6a0e-9a51-4b6a-8ee5-0f7c0a4b7d11', 'GET /statussen/*'],
    ['/statussen?zaak=https%3A%2F%2Fx%2F1&page=2', 'GET /statussen?zaak'],
    ['/v1/appointments/0a1b2c', 'GET /v1/appointments/*'],
    ['/offices-and-services/', 'GET /offices-and-services/'],
    ['/desks/Den%20Haag/appointments/', 'GET /desks/*/appointments/'],
  ])('of %s has no key in its name', (path, operation) => {
    expect(operationOf('GET', path)).toBe(operation);
  });
});
