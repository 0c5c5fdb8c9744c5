import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CASE_ROLES } from '~/model/case-role';
import { RIGHTS } from '~/model/rights';
import { DEFAULT_CASE_RIGHTS, rightsFromFile } from './rights.server';

const folder = mkdtempSync(join(tmpdir(), 'rights-'));
function read(content: unknown) {
  const path = join(folder, 'rights.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  const parsed = rightsFromFile.safeParse(path);
  return { rights: parsed.data, faults: parsed.error?.issues.map(({ message }) => message) ?? [] };
}

describe('a file of rights', () => {
  test('that leaves all out is the default', () => {
    expect(read({}).rights).toEqual(DEFAULT_CASE_RIGHTS);
  });

  test('replaces the rights of a role and keeps the others', () => {
    const { rights } = read({ roles: { sponsor: ['wait', 'case'] } });
    expect(rights?.table).toEqual({ ...DEFAULT_CASE_RIGHTS.table, sponsor: ['wait', 'case'] });
  });

  test('can add words that take rights away, and drop none', () => {
    const { rights } = read({ texts: { former: ['uit elkaar'], family: ['gezinslid'] } });
    expect(rights?.texts.former).toEqual([...DEFAULT_CASE_RIGHTS.texts.former, 'uit elkaar']);
    expect(rights?.texts.family).toEqual(['gezinslid']);
  });

  test('is the one shown as an example', () => {
    expect(rightsFromFile.safeParse(join(import.meta.dirname, '../../mocks/examples/rights.json')).success).toBe(true);
  });

  test.each<[unknown, string]>([
    [{ roles: { sponsor: ['wait', 'mandate', 'case'] } }, "roles.sponsor: mandate can't be given to this role"],
    [{ roles: { family: ['wait', 'case', 'book-all'] } }, "roles.family: book-all can't be given to this role"],
    [{ roles: { family: ['case'] } }, 'roles.family: case needs wait'],
    [{ roles: { applicant: ['wait', 'case'] } }, 'roles.applicant: needs book-all'],
    [{ roles: { family: ['see'] } }, `roles.family.0: is none of ${RIGHTS.join(', ')}`],
    [{ roles: { advisor: ['wait'] } }, 'roles: Unrecognized key: "advisor"'],
    [{ roles: { behandelaar: ['wait'] } }, 'roles: Unrecognized key: "behandelaar"'],
    ['no json', 'is no file of rights'],
  ])('%j is refused with its field', (content, fault) => {
    expect(read(content).faults).toContain(fault);
  });

  test('can’t give a proxy anything', () => {
    expect(CASE_ROLES.filter((role) => role === 'advisor')).toEqual(['advisor']);
    expect(read({ roles: {} }).rights?.table.advisor).toEqual([]);
  });
});
