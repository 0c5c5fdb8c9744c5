import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllowed, type PolicyRole, policyRolesOf, RULES, type Rule } from '../../app/model/policy';
import { patternOf, permitFor, ROUTES } from '../../app/model/route-policy';
import { STAFF_ROLES, staffRolesOf } from '../../app/model/staff-role';
import routes from '../../app/routes';

interface Entry {
  readonly path?: string | undefined;
  readonly file: string;
  readonly children?: readonly Entry[] | undefined;
}

/** Returns each route's pattern with the file that handles it. */
function addresses(entries: readonly Entry[], above = ''): { pattern: string; file: string }[] {
  return entries.flatMap((entry) => {
    const pattern = entry.path ? `${above}/${entry.path}` : above;
    const isPage = !entry.children?.length;
    return [
      ...(isPage ? [{ pattern: pattern || '/', file: entry.file }] : []),
      ...addresses(entry.children ?? [], pattern),
    ];
  });
}

const pages = addresses(await routes);
const codeOf = (file: string) => readFileSync(join(import.meta.dirname, '../../app', file), 'utf8');
const roles: readonly PolicyRole[] = [
  'anyone',
  'applicant',
  'representative',
  'arranger',
  'advisor',
  'staff',
  ...STAFF_ROLES,
];

test('the policy lists every route with the methods that its file handles', () => {
  const faults = pages.flatMap(({ pattern, file }) => {
    const methods = ROUTES[pattern];
    if (!methods) return [`${pattern} (${file}) is not in app/model/policy.ts`];
    const code = codeOf(file);
    const writes = /export (async )?(function|const) action\b/.test(code);
    return [
      ...(writes && !methods.POST ? [`${pattern}: POST is answered by ${file} and not in the policy`] : []),
      ...(!writes && methods.POST ? [`${pattern}: POST is in the policy and not answered by ${file}`] : []),
    ];
  });
  expect(faults).toEqual([]);
});

test('the policy lists no route that does not exist', () => {
  const known = new Set(pages.map(({ pattern }) => pattern));
  expect(Object.keys(ROUTES).filter((pattern) => !known.has(pattern))).toEqual([]);
});

test('every page that is not public requires a sign-in', () => {
  const open = pages.filter(({ pattern }) => {
    const permit = ROUTES[pattern]?.GET;
    return permit && !isAllowed(RULES, 'anyone', permit);
  });
  const silent = open.filter(({ file }) => !/require(SignedIn|Viewer|Professional)\(/.test(codeOf(file)));
  expect(silent.map(({ pattern }) => pattern)).toEqual([]);
  expect(open.length).toBeGreaterThan(20);
});

describe('access by role', () => {
  test.each([
    ['GET', '/nl/advisor', ['advisor']],
    ['GET', '/nl/advisor/clients/x', ['advisor']],
    ['POST', '/nl/advisor/mandates', ['advisor']],
    ['GET', '/nl/advisor/calendar/x', roles],
    ['GET', '/nl/helpdesk', ['helpdesk']],
    ['POST', '/nl/helpdesk', ['helpdesk']],
    ['POST', '/nl/helpdesk/emergency', ['helpdesk']],
    ['POST', '/nl/helpdesk/requests', ['helpdesk', 'team-lead', 'privacy-officer']],
    ['GET', '/nl/helpdesk/insight', ['helpdesk', 'team-lead', 'auditor']],
    ['GET', '/nl/staff/wait', ['wait-publisher', 'auditor']],
    ['POST', '/nl/staff/wait', ['wait-publisher']],
    ['GET', '/nl/staff/locked', ['team-lead']],
    ['GET', '/nl/staff/effect', ['team-lead']],
    ['GET', '/nl/staff/effect/export', ['team-lead']],
    ['POST', '/nl/staff/locked', ['team-lead']],
    ['GET', '/nl/staff/releases', ['desk-planner', 'auditor']],
    ['POST', '/nl/staff/releases', ['desk-planner']],
    ['GET', '/nl/helpdesk/calls/x/view', ['helpdesk']],
    ['POST', '/nl/helpdesk/calls/x/view', []],
    ['POST', '/nl/helpdesk/calls/x/view/y', []],
    ['GET', '/nl/helpdesk/with-me', ['applicant']],
    ['POST', '/nl/helpdesk/with-me', ['applicant']],
    ['GET', '/nl/cases/x', ['applicant', 'representative']],
    ['POST', '/nl/cases/x/appointment', ['applicant', 'representative', 'arranger']],
    ['POST', '/nl/holds/x', ['applicant', 'representative', 'arranger']],
    ['POST', '/nl/bookings/x', ['applicant', 'representative', 'arranger']],
    ['GET', '/nl/mandates/x', ['applicant']],
    ['GET', '/nl/who-looked', ['applicant']],
    ['POST', '/nl/messages', ['applicant']],
    ['POST', '/stop-messages/x', roles],
    ['GET', '/nl/contact', roles],
    ['POST', '/nl/answered', roles],
    ['DELETE', '/nl/cases/x', []],
    ['GET', '/nl/nowhere/at/all', []],
  ])('%s %s is for %j', (method, path, wanted) => {
    const permit = permitFor(method, path);
    expect(roles.filter((role) => permit !== null && isAllowed(RULES, role, permit))).toEqual(wanted);
  });

  test('who acts for a person writes to their appointments alone', () => {
    const own = RULES.filter(({ resource, action }) => resource.startsWith('own-') && action === 'write');
    expect(own.filter(({ effect, role }) => effect === 'allow' && role !== 'applicant')).toMatchObject([
      { role: 'representative', resource: 'own-appointments' },
      { role: 'arranger', resource: 'own-appointments' },
    ]);
  });

  test('an advisor arranges visits by a mandate, and by nothing else', () => {
    const permit = permitFor('POST', '/nl/holds/x');
    if (!permit) throw new Error('not in the policy');
    const may = (arranges: boolean) =>
      isAllowed(RULES, policyRolesOf({ role: 'advisor', staffRoles: [], arranges }), permit);
    expect([may(true), may(false)]).toEqual([true, false]);
    expect(policyRolesOf({ role: 'staff', staffRoles: [], arranges: true })).toEqual(['staff']);
  });

  test('who represents another has fewer permissions than an applicant', () => {
    for (const { role, ...permit } of RULES.filter((rule) => rule.role === 'representative'))
      expect(isAllowed(RULES, 'applicant', permit), role).toBe(true);
    for (const resource of ['own-mandates', 'own-help', 'own-log'] as const)
      for (const action of ['read', 'write'] as const)
        expect(isAllowed(RULES, 'representative', { resource, action })).toBe(false);
  });
});

describe('the rules', () => {
  const rule: fc.Arbitrary<Rule> = fc.record({
    effect: fc.constantFrom('allow', 'deny'),
    role: fc.constantFrom(...roles),
    resource: fc.constantFrom('own-cases', 'client-case', 'viewed-page'),
    action: fc.constantFrom('read', 'write'),
    fields: fc.constant([]),
  });
  const rules = fc.array(rule, { maxLength: 12 });
  const asked = fc.record({
    resource: fc.constantFrom('own-cases' as const, 'client-case' as const, 'viewed-page' as const),
    action: fc.constantFrom('read' as const, 'write' as const),
  });

  test('I23: an added permission removes no access; a removed one grants none', () => {
    fc.assert(
      fc.property(rules, rule, fc.constantFrom(...roles), asked, (some, extra, role, permit) => {
        fc.pre(extra.effect === 'allow');
        if (isAllowed(some, role, permit)) expect(isAllowed([...some, extra], role, permit)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('I23: a deny rule wins in any order of the rules', () => {
    fc.assert(
      fc.property(rules, fc.constantFrom(...roles), asked, (some, role, permit) => {
        const refusal: Rule = { effect: 'deny', role, fields: [], ...permit };
        expect(isAllowed([refusal, ...some], role, permit)).toBe(false);
        expect(isAllowed([...some, refusal], role, permit)).toBe(false);
        expect(isAllowed(some.toReversed(), role, permit)).toBe(isAllowed(some, role, permit));
      }),
      { numRuns: 2_000 },
    );
  });

  test('without rules no role is allowed anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roles), asked, (role, permit) => {
        expect(isAllowed([], role, permit)).toBe(false);
      }),
    );
  });
});

describe('the roles of an employee', () => {
  const names = { lead: 'team-lead', 'zicht-pub': 'wait-publisher' } as const;
  test.each([
    [[], ['helpdesk']],
    [['unheard-of', 'constructor', 'staff', 'applicant'], ['helpdesk']],
    [['auditor'], ['auditor']],
    [
      ['lead', 'zicht-pub', 'lead'],
      ['team-lead', 'wait-publisher'],
    ],
    [['helpdesk', 'nonsense'], ['helpdesk']],
  ])('%j sent means %j', (sent, wanted) => {
    expect(staffRolesOf(sent, names)).toEqual(wanted);
  });

  test('an auditor writes nothing', () => {
    expect(RULES.filter(({ role, action }) => role === 'auditor' && action === 'write')).toEqual([]);
  });
});

test('a path matches the most specific pattern', () => {
  expect(patternOf('/ar/helpdesk/with-me')).toBe('/:lang/helpdesk/with-me');
  expect(patternOf('/ar/helpdesk/insight/export')).toBe('/:lang/helpdesk/insight/export');
  expect(patternOf('/ar/a/b/c/d/e/f')).toBeNull();
});
