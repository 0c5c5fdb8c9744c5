import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeError, fieldOf } from './error-place.server';

const CANARY = 'Canary4711';

/** An error whose stack is as given. */
function errorAt(stack: string, properties: Partial<Error> & { code?: string } = {}): Error {
  return Object.assign(new Error(CANARY), properties, { stack: `Error: ${CANARY}\n${stack}` });
}

test('the place is the nearest frame of our own code', () => {
  const stack = [
    '    at Parser.parse (/srv/node_modules/pg-protocol/dist/parser.js:50:12)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
    '    at async readSession (file:///srv/app/store/session.server.ts:53:17)',
    '    at async look (/srv/app/identity/session.server.ts:80:18)',
  ].join('\n');
  expect(describeError(errorAt(stack))).toBe(
    'Error at app/store/session.server.ts:53 < app/identity/session.server.ts:80',
  );
  expect(describeError(errorAt('    at node:internal/x:1:1', { name: 'TypeError' }))).toBe('TypeError');
});

test('an error tells the classes and codes of its causes', () => {
  const cause = errorAt('    at async f (/srv/app/store/hold.server.ts:7:3)', { code: 'ECONNREFUSED' });
  const error = errorAt('    at node:net:1:1', { name: 'DrizzleQueryError', cause });
  expect(describeError(error)).toBe('DrizzleQueryError < Error ECONNREFUSED at app/store/hold.server.ts:7');
});

test('no message, name or code that a person wrote is told', () => {
  const odd = errorAt(`    at ${CANARY} (/srv/elsewhere/${CANARY}.js:1:1)`, { name: `${CANARY} is bad`, code: CANARY });
  expect(describeError(odd)).not.toContain(CANARY);
  expect(describeError(CANARY)).toBe('string');
  expect(describeError(Object.assign(new Error('loop'), { cause: null }))).toMatch(/^Error/);
});

test('a frame of the build is told by its source', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-maps-'));
  // One segment: the first character of the bundle comes from line 3 of the source.
  const map = { version: 3, sources: ['../../app/case/period.ts'], names: [], mappings: 'AAEA' };
  writeFileSync(join(folder, 'index.js.map'), JSON.stringify(map));
  expect(describeError(errorAt(`    at f (file://${folder}/index.js:1:1)`))).toBe('Error at app/case/period.ts:3');
  rmSync(folder, { recursive: true });
});

test('a malformed field is told by its path, never by its value', () => {
  const schema = z.object({
    results: z.array(z.object({ start_date: z.string() })),
    by: z.record(z.string(), z.number()),
  });
  const issuesOf = (value: unknown) => schema.safeParse(value).error?.issues ?? [];
  expect(fieldOf(issuesOf({ results: [{ start_date: 1 }], by: {} }))).toBe('results[].start_date');
  expect(fieldOf(issuesOf({ results: [], by: { '999990019': 'x' } }))).toBe('by.*');
  expect(fieldOf(issuesOf('x'))).toBe('(whole)');
  expect(() => schema.parse({ results: 1, by: {} })).toThrow(
    expect.toSatisfy((error) => describeError(error).startsWith('ZodError results at app/platform/')),
  );
});
