import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isShown, outcomeIn, paperIn, procedureIn, stageIn, tasksWithoutWay, wordKeysOf } from '~/model/agency';
import { readAgency } from './agency.server';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The simulated agency's folder with other files; an object is written as JSON of two spaces. */
function agencyWith(files: Readonly<Record<string, string | object>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-agency-'));
  folders.push(folder);
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return readAgency(folder);
}

const PLAN = {
  feature: 'own-answers',
  kind: 'wedge',
  procedures: ['asylum', 'family', 'permanent', 'renewal', 'study', 'work'],
  firstWeek: '2027-03-01',
  weeksBefore: 12,
  weeks: 12,
  steps: 3,
  washout: 4,
  seed: 'drawn at noon',
  misplaced: 0.1,
};

test('a registered experiment is known by the hash of its file', () => {
  const [agency, other] = [PLAN, { ...PLAN, seed: 'drawn again' }].map(
    (plan) => agencyWith({ 'effect.json': plan }).agency,
  );
  expect(agency?.effect).toMatchObject({ ...PLAN, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(other?.effect?.hash).not.toBe(agency?.effect?.hash);
});

test("the simulated agency's folder has no faults", () => {
  expect(agencyWith().faults).toEqual([]);
});

test('one file adds a procedure with stages and their words', () => {
  const { agency, faults } = agencyWith({
    'procedures/citizenship-test.json': {
      types: ['INBURGERING'],
      texts: { en: { name: 'Civic integration' } },
      stages: {
        exam: { names: ['Examen'], means: 'attend', texts: { en: { name: 'Exam', now: 'We invite you.' } } },
        result: { types: ['AAAAAAAA-0000-4000-8000-000000000001'], means: 'decided' },
      },
    },
  });
  if (!agency) throw new Error(faults.join('\n'));
  const procedure = procedureIn(agency, 'INBURGERING');
  expect(procedure?.key).toBe('citizenship-test');
  expect(stageIn(agency, procedure, { uuid: '', name: ' EXAMEN' })).toMatchObject({ key: 'exam', means: 'attend' });
  expect(stageIn(agency, null, { uuid: '', name: 'Examen' })).toBeNull();
  const uuid = 'aaaaaaaa-0000-4000-8000-000000000001';
  expect(stageIn(agency, procedure, { uuid, name: 'Ontvangen' })?.key).toBe('result');
  expect(agency.texts.en).toMatchObject({
    'case:procedure.citizenship-test': 'Civic integration',
    'case:stage.exam.now': 'We invite you.',
  });
});

test('a result is known by its first known name', () => {
  const { agency } = agencyWith();
  expect(agency && outcomeIn(agency, ['Iets anders', 'afgewezen'])).toBe('refused');
  expect(agency && outcomeIn(agency, ['Iets anders', ''])).toBeNull();
});

test('cases of other types are shown unless the agency says not', () => {
  const [other, family] = [{ procedure: null }, { procedure: 'family' }];
  const shown = ({ agency }: ReturnType<typeof agencyWith>) =>
    agency && [isShown(agency, family), isShown(agency, other)];
  expect(shown(agencyWith())).toEqual([true, true]);
  expect(shown(agencyWith({ 'agency.json': { showOthers: false } }))).toEqual([true, false]);
});

test('a paper is known by its key or the registry’s words', () => {
  const { agency } = agencyWith({
    'papers.json': { 'birth-certificate': { names: ['Geburtsurkunde'], texts: { en: 'your birth certificate' } } },
  });
  if (!agency) throw new Error();
  expect([' geburtsurkunde', 'birth-certificate', 'income'].map((word) => paperIn(agency, word))).toEqual([
    'birth-certificate',
    'birth-certificate',
    null,
  ]);
  expect(agency.texts.en).toMatchObject({ 'case:next.paper.birth-certificate': 'your birth certificate' });
  expect(wordKeysOf(agency)).toContain('case:next.paper.birth-certificate');
});

test('a task that nobody could do is found', () => {
  const missing = (ways: object) => {
    const { agency } = agencyWith({ 'ways.json': ways });
    return agency && tasksWithoutWay(agency);
  };
  const post = { kind: 'post', address: ['Agency', 'City'] };
  expect(missing({ papers: [post], pay: [{ kind: 'desk' }] })).toEqual([]);
  expect(missing({ papers: [{ ...post, procedures: ['visa'] }], pay: [{ kind: 'desk' }] })).toContain(
    'ways.json: a case of family can ask send-papers, and there is no way to do it',
  );
  expect(missing({ papers: [post] })).toContain('ways.json: a case of visa can ask pay, and there is no way to do it');
});

test('texts may replace the portal’s', () => {
  const { agency } = agencyWith({ 'texts/en.json': { case: { next: { wait: 'Just wait.' } } } });
  expect(agency?.texts.en).toMatchObject({ 'case:next.wait': 'Just wait.' });
});

test('the folder says who the agency is, and which languages it offers', () => {
  const { agency, faults } = agencyWith({
    'agency.json': { name: 'Amt', phone: '+49 89 1', languages: ['en', 'ar'], ownLanguage: 'en', holdMinutes: 7 },
    'theme.css': ':root { --zicht-color-action: #004488; }',
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1z"/></svg>',
    'rights.json': { roles: { sponsor: ['wait', 'case'] } },
    'sign-in.json': { claims: { bsn: '/eid/number' }, staffRoles: { boss: 'team-lead' } },
  });
  expect(faults).toEqual([]);
  expect(agency).toMatchObject({ languages: ['en', 'ar'], language: 'en', logo: expect.stringContaining('<path') });
  expect(agency?.settings).toMatchObject({
    AGENCY_NAME: 'Amt',
    HOLD_MINUTES: 7,
    THEME_FILE: { light: { '--zicht-color-action': '#004488' } },
    RIGHTS_FILE: { table: { sponsor: ['wait', 'case'] } },
    OIDC_CLAIMS: { bsn: { from: ['/eid/number'] } },
    STAFF_ROLES: { boss: 'team-lead' },
  });
});

test('law.json wins over the law that comes with the portal', () => {
  const law = {
    freeDays: { weekdays: [7], holidays: [{ name: 'May', on: '05-01' }], source: 'Act' },
    late: [{ kind: 'court', from: '2020-01-01', after: 'P3M', counted: 'from-receipt', runsOn: false, source: 'Act' }],
  };
  const { agency, faults } = agencyWith({ 'law.json': law });
  expect(faults).toEqual([]);
  expect(agency?.law).toMatchObject({ freeDays: { weekdays: [7], listed: null }, decision: [], remedies: [] });
  expect(agencyWith().agency?.law.remedies).toHaveLength(3);
  expect(agencyWith({ 'agency.json': { law: 'unknown' } }).agency?.law.remedies).toEqual([]);
});

const lawWith = (rest: string) =>
  `{\n  "freeDays": { "weekdays": [6, 7], "holidays": [], "source": "x" },\n  ${rest}\n}`;

test.each([
  ['results.json', '{\n  "granted": ["x",]\n}', /^results\.json:2: is no JSON/],
  ['results.json', '{\n  "granted": ["x"],\n  "perhaps": ["y"]\n}', /^results\.json:3: perhaps/],
  [
    'results.json',
    '{\n  "granted": ["x"],\n  "refused": ["y", " X "]\n}',
    /^results\.json:3: "X" means both granted and refused/,
  ],
  [
    'stages.json',
    '{\n  "received": {\n    "names": ["Ontvangen"],\n    "means": "waits"\n  }\n}',
    /^stages\.json:4: .*means: is none of wait/,
  ],
  [
    'stages.json',
    '{\n  "desk": {\n    "names": ["Balie"],\n    "means": "visit"\n  }\n}',
    /^stages\.json:2: desk: visit needs the product/,
  ],
  [
    'stages.json',
    '{\n  "a": { "names": ["X"], "means": "wait" },\n  "b": { "names": ["x"], "means": "wait" }\n}',
    /^stages\.json:3: "x" leads to two stages/,
  ],
  ['agency.json', '{\n  "languages": ["en"]\n}', /^agency\.json: ownLanguage: nl is none of its languages/],
  ['agency.json', '{\n  "name": "A",\n  "phone": "none"\n}', /^agency\.json:3: phone: is no telephone number/],
  ['agency.json', '{\n  "links": {\n    "privacy": { "nl": "http://a.example" }\n  }\n}', /^agency\.json:3: links/],
  ['agency.json', '{\n  "retention": { "looks": "ever" }\n}', /^agency\.json:2: retention\.looks: is no period/],
  ['theme.css', 'body { display: none }', /^theme\.css: "body/],
  ['logo.svg', '<svg><script>1</script></svg>', /^logo\.svg: must hold no script/],
  ['logo.svg', '<svg><image href="https://a.example/x"/></svg>', /^logo\.svg: must fetch nothing/],
  ['desks.json', '{\n  "AM": { "elevator": true }\n}', /^desks\.json:2: AM\.elevator/],
  ['rights.json', '{\n  "roles": { "sponsor": ["mandate"] }\n}', /^rights\.json:2: .*can't be given/],
  ['sign-in.json', '{\n  "staffRoles": { "boss": "king" }\n}', /^sign-in\.json:2: staffRoles\.boss/],
  ['planners.json', '[\n  { "products": { "XX": "1" } }\n]', /^planners\.json:2: 0\.products/],
  ['papers.json', { a: { names: ['X'] }, b: { names: ['x'] } }, /^papers\.json:\d+: "x" leads to two papers/],
  [
    'ways.json',
    '{\n  "pay": [\n    { "kind": "transfer", "name": "A", "iban": "NL00" }\n  ]\n}',
    /^ways\.json:3: pay\.0\.iban: is no account/,
  ],
  ['ways.json', { papers: [{ kind: 'online', url: 'http://a.example/' }] }, /^ways\.json:\d+: .*is no https address/],
  ['ways.json', { papers: [{ kind: 'online', url: 'https://{reference}.example/' }] }, /must not have the reference/],
  ['ways.json', { papers: [{ kind: 'online', url: 'https://a.example/{name}' }] }, /no other placeholder/],
  [
    'meanwhile.json',
    [{ topic: 'dance', texts: { en: 'Yes' } }],
    /^meanwhile\.json:\d+: 0\.topic: is none of work, travel/,
  ],
  [
    'contact.json',
    '{\n  "phone": [],\n  "days": [{ "on": "24-12-2026" }]\n}',
    /^contact\.json:3: days\.0\.on: is no ISO date/,
  ],
  ['contact.json', { days: [{ on: '2026-12-24', until: '2026-12-23' }] }, /days\.0\.until: ends before it begins/],
  ['contact.json', { days: [{ on: '2026-12-24', only: ['AM'] }] }, /days\.0\.only: "AM" is no line and no desk/],
  [
    'contact.json',
    '{\n  "phone": [\n    { "id": "a", "number": "1" },\n    { "id": "a", "number": "2" }\n  ]\n}',
    /^contact\.json:4: phone\.1: "a" stands twice/,
  ],
  ['contact.json', { form: { nl: 'http://a.example/' } }, /form\.nl: is no address/],
  ['agency.json', { links: { about: { nl: 'agency' } } }, /links\.about\.nl: is no address/],
  ['agency.json', { map: 'http://a.example/{address}' }, /^agency\.json:\d+: map: is no https address/],
  ['agency.json', { map: 'https://a.example/' }, /^agency\.json:\d+: map: has no \{address\}/],
  ['meanwhile.json', [{ topic: 'work' }], /^meanwhile\.json:\d+: 0: needs a text or a page/],
  ['meanwhile.json', [{ topic: 'work', stages: ['none'], texts: { en: 'Yes' } }], /"none" is no stage/],
  ['ways.json', { pay: [{ kind: 'desk', procedures: ['none'] }] }, /^ways\.json:\d+: "none" is no procedure/],
  ['ways.json', { pay: [{ kind: 'post', address: ['A', 'B'] }] }, /^ways\.json:\d+: pay\.0\.kind/],
  ['procedures/visa.json', '{\n  "types": []\n}', /^procedures\/visa\.json:2: types: needs the codes/],
  ['procedures/work.json', { types: ['VVR-GEZIN'] }, /^procedures: "VVR-GEZIN" leads to two procedures/],
  ['procedures/Big Case.json', { types: ['BIG'] }, /^procedures\/Big Case\.json: is no key/],
  ['procedures/visa.json', '{\n  "types": ["V"],\n  "txts": {}\n}', /^procedures\/visa\.json:3: txts/],
  ['texts/tlh.json', { case: {} }, /^texts\/tlh\.json: is none of the languages/],
  [
    'law.json',
    '{\n  "freeDays": { "weekdays": [1, 2, 3, 4, 5, 6, 7], "holidays": [], "source": "x" }\n}',
    /^law\.json:2: .*no working day/,
  ],
  [
    'law.json',
    '{\n  "freeDays": {\n    "weekdays": [],\n    "holidays": [{ "name": "x", "on": "02-29" }],\n    "source": "x"\n  }\n}',
    /^law\.json:4: freeDays\.holidays\.0/,
  ],
  [
    'law.json',
    lawWith('"late": [{ "kind": "wait", "from": "2020-01-01", "source": "x" }]'),
    /^law\.json:3: late\.0\.kind: is none of/,
  ],
  [
    'law.json',
    lawWith(
      '"remedies": [{ "remedy": "appeal", "from": "2020-01-01", "term": "P1M2D", "runsOn": true, "source": "x" }]',
    ),
    /^law\.json:3: remedies\.0\.term: is no term/,
  ],
  [
    'law.json',
    lawWith('"late": [{ "kind": "none", "procedures": ["none"], "from": "2020-01-01", "source": "x" }]'),
    /^law\.json:3: "none" is no procedure/,
  ],
  ['effect.json', { ...PLAN, firstWeek: '2027-03-02' }, /^effect\.json:\d+: firstWeek: is no Monday/],
  ['effect.json', { ...PLAN, procedures: ['none', ...PLAN.procedures] }, /^effect\.json:\d+: "none" is no procedure/],
  ['effect.json', { ...PLAN, procedures: ['visa', 'work'] }, /^effect\.json:\d+: can be drawn in fewer than/],
  ['agency.json', '{\n  "properties": {\n    "asked": ""\n  }\n}', /^agency\.json:3: properties\.asked/],
])('a fault in %s is told with its place', (file, content, fault) => {
  const { agency, faults } = agencyWith({ [file]: content });
  expect(agency).toBeNull();
  expect(
    faults.some((line) => fault.test(line)),
    faults.join('\n'),
  ).toBe(true);
});

test('a folder that is not there tells what it should hold', () => {
  expect(readAgency('/nowhere').faults).toEqual(['stages.json: is missing', 'procedures: has no files']);
});
