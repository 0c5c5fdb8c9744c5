import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desksFromFile } from './desks.server';

const fileWith = (content: string): string => {
  const path = join(tmpdir(), `desks-${process.pid}.json`);
  writeFileSync(path, content);
  return path;
};

test('a file of desks is parsed, and its faults are located', () => {
  const good = { AM: { stepFree: true, lift: false, transport: { nl: 'Tram 4', en: 'Tram number 4' } } };
  expect(desksFromFile.safeParse(fileWith(JSON.stringify(good))).data).toEqual(good);
  const faultOf = (content: string) => desksFromFile.safeParse(fileWith(content)).error?.issues[0]?.message;
  expect(faultOf('{"AM":{"stepFree":"yes"}}')).toContain('AM.stepFree');
  expect(faultOf('{"AM":{"elevator":true}}')).toContain('AM');
  expect(faultOf('{"AM":{"transport":{"Dutch!":"Tram 4"}}}')).toContain('AM.transport');
  expect(faultOf('nothing')).toBe('is no file of desks');
  expect(desksFromFile.safeParse('/nowhere/at/all').error?.issues[0]?.message).toBe('is no file of desks');
});
