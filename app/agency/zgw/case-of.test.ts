import { describe, expect, test } from 'vitest';
import { procedureIn, stageIn } from '~/model/agency';
import { timelineOf } from '~/model/timeline';
import { DEMO_AGENCY, stepIn } from '../../../tests/agency/agency';
import {
  APPLICANT,
  expanded,
  type Json,
  read,
  STATUS,
  STATUSTYPE,
  ZAAK,
  ZONE,
  zaakWith,
} from '../../../tests/agency/zaak';
import { reachedStepOf, stepOf } from './case-of';
import { isOf } from './party-of';
import { rolSchema, type Statustype, statusSchema, statustypeSchema } from './schema.server';

const RULES = { agency: DEMO_AGENCY, procedure: null };
const stepsFrom = (types: readonly Statustype[]) => types.map((type, index) => stepOf(type, index, RULES));
const withProperties = (properties: Record<string, string>) =>
  read(expanded({ eigenschappen: Object.entries(properties).map(([naam, waarde]) => ({ naam, waarde })) }));
const role = (inpBsn: string, given: Json): Json => ({
  betrokkeneType: 'natuurlijk_persoon',
  omschrijvingGeneriek: 'belanghebbende',
  betrokkeneIdentificatie: { inpBsn },
  ...given,
});
const withRole = (role: Json) => read(expanded({ rollen: [{ ...APPLICANT, ...role }] })).parties;

test('a zaak with all expansions becomes a case', () => {
  expect(read(ZAAK)).toEqual({
    id: 'u1',
    address: 'https://z.example/zaken/u1',
    reference: 'ZAAK-2026-1',
    procedure: 'family',
    procedureVersion: 'https://c.example/zaaktypen/5',
    procedureName: 'Verblijf bij familie',
    state: 'running',
    received: '2026-01-12',
    ended: null,
    decideBy: '2026-04-12',
    law: DEMO_AGENCY.law,
    statutoryTerm: 'P90D',
    extension: null,
    suspension: null,
    noticeReceived: null,
    current: {
      ...stepIn('review', { name: 'In behandeling', text: '', order: 3 }),
      since: '2026-02-01',
      instant: Date.parse('2026-02-01T09:00:00Z'),
    },
    result: null,
    parties: [
      {
        roles: ['applicant'],
        ids: [{ kind: 'bsn', value: '999990019' }],
        givenName: 'Amal',
        familyName: 'el Idrissi',
        birthDate: '1990-05-01',
      },
    ],
    vNumber: '1234567890',
    outcome: null,
    decision: { made: null, notified: null, reactBy: null },
    request: { until: null, papers: [] },
    invitation: null,
  });
});

describe('an extension and a suspension', () => {
  test('are read when the registry sends them, with their reasons', () => {
    const both = read(
      zaakWith({ verlenging: { reden: 'Druk', duur: 'P3M' }, opschorting: { indicatie: true, reden: 'Stukken' } }),
    );
    expect(both).toMatchObject({ extension: { duration: 'P3M', reason: 'Druk' }, suspension: { reason: 'Stukken' } });
  });

  test.each([null, '', 'three months', 'P', 'PT8H', 'P0D', 'P-1D', '-P3M', 'P0Y0M0D'])(
    'an extension of %j has no known duration',
    (duur) => {
      expect(read(zaakWith({ verlenging: { reden: '', duur } })).extension).toBeNull();
      expect(read(zaakWith({ verlenging: { reden: 'Druk', duur } })).extension).toEqual({
        duration: null,
        reason: 'Druk',
      });
    },
  );
});

describe('stages', () => {
  test('map the agency’s names in any letter case and spacing', () => {
    for (const name of ['Besluit genomen', ' BESLUIT GENOMEN ', 'besluit Genomen'])
      expect(stageIn(DEMO_AGENCY, null, { uuid: '', name })?.key).toBe('decided');
    expect(procedureIn(DEMO_AGENCY, 'ASIEL ')?.key).toBe('asylum');
  });

  test('with an unknown name keep the agency’s name', () => {
    const statustype = { ...STATUSTYPE, omschrijving: 'Quarantaine' };
    expect(read(expanded({ status: { ...STATUS, _expand: { statustype } } })).current).toMatchObject({
      stage: null,
      name: 'Quarantaine',
    });
    for (const name of ['', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect([name, stageIn(DEMO_AGENCY, null, { uuid: '', name }), procedureIn(DEMO_AGENCY, name)]).toEqual([
        name,
        null,
        null,
      ]);
  });

  test.each([
    ['an instant before midnight in UTC', '2026-02-01T23:30:00Z', '2026-02-02'],
    ['a summer instant', '2026-07-01T22:00:00Z', '2026-07-02'],
    ['an instant with an offset', '2026-02-01T23:30:00+01:00', '2026-02-01'],
    ['a wall time', '2026-02-01T23:30:00', '2026-02-01'],
    ['a zero time', '2026-02-01T00:00:00', '2026-02-01'],
    ['a bare date', '2026-02-01', '2026-02-01'],
  ])('begin on the agency’s calendar day: %s', (_what, datumStatusGezet, since) => {
    const status = statusSchema.parse({ ...STATUS, datumStatusGezet });
    expect(reachedStepOf(status, statustypeSchema.parse(STATUSTYPE), 0, ZONE, RULES).since).toBe(since);
  });

  test.each(['0000000000', '01-02-2026 09:00', '2026-13-45T09:00:00Z', 'yesterday at nine'])(
    'that begin on %j are dropped',
    (datumStatusGezet) => {
      expect(statusSchema.safeParse({ ...STATUS, datumStatusGezet }).success).toBe(false);
    },
  );
});

describe('a registry without step numbers', () => {
  const NAMES = ['Ontvangen', 'Wacht op vingerafdrukken en foto', 'In behandeling', 'Besluit genomen', 'Afgehandeld'];
  const types = NAMES.map((omschrijving, index) =>
    statustypeSchema.parse({ url: `https://c.example/statustypen/${index}`, omschrijving, isEindstatus: index >= 3 }),
  );
  const [first, second, third] = types;

  test('keeps the order of its answer and may have several final steps', () => {
    expect(stepsFrom(types).map(({ order, final }) => [order, final])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [3, true],
      [4, true],
    ]);
  });

  test('still has one current step, with later ones to come', () => {
    if (!first || !second || !third) throw new Error('no steps');
    const on = (datumStatusGezet: string, statustype: string) =>
      statusSchema.parse({ ...STATUS, statustype, datumStatusGezet });
    const { current } = read(
      expanded({ status: { ...on('2026-02-01', third.url), _expand: { statustype: { ...third, volgnummer: null } } } }),
    );
    const history = [
      reachedStepOf(on('2026-02-01', third.url), third, 2, ZONE, RULES),
      reachedStepOf(on('2026-01-20', second.url), second, 1, ZONE, RULES),
      reachedStepOf(on('2026-01-12', first.url), first, 0, ZONE, RULES),
    ];
    const told = (reached: typeof history) =>
      timelineOf({ current, state: 'running', outcome: null }, reached, stepsFrom(types)).map(
        ({ state, stage }) => `${state} ${stage}`,
      );
    expect(told(history)).toEqual([
      'done received',
      'done biometrics',
      'now review',
      'to-come decided',
      'to-come closed',
    ]);
    // Some registries leave the current step out of the history.
    expect(told(history.slice(1))).toEqual(told(history));
  });
});

describe('people in a case', () => {
  test('have their roles, and who has none is left out', () => {
    const rollen = [
      APPLICANT,
      role('1', { roltoelichting: 'Referent' }),
      role('2', { roltoelichting: 'Partner' }),
      role('3', { omschrijvingGeneriek: 'behandelaar' }),
      role('4', { roltoelichting: 'Partner', eindeGeldigheid: '2026-03-01' }),
    ];
    expect(read(expanded({ rollen })).parties.map(({ roles, ids }) => [ids[0]?.value, ...roles])).toEqual([
      ['999990019', 'applicant'],
      ['1', 'sponsor'],
      ['2', 'family'],
    ]);
  });

  test('in several roles are one person with all of them', () => {
    const rollen = [
      role('1', { roltoelichting: 'Referent' }),
      role('1', { omschrijvingGeneriek: 'initiator' }),
      { ...role('1', { roltoelichting: 'Partner' }), betrokkeneIdentificatie: { inpBsn: '1', anpIdentificatie: '9' } },
    ];
    expect(read(expanded({ rollen })).parties).toMatchObject([
      {
        roles: ['applicant', 'family', 'sponsor'],
        ids: [
          { kind: 'bsn', value: '1' },
          { kind: 'vnumber', value: '9' },
        ],
      },
    ]);
  });

  test('whose role can’t be dated have none', () => {
    for (const dates of [{ eindeGeldigheid: 'soon' }, { beginGeldigheid: 'soon' }, { beginGeldigheid: '2026-03-03' }])
      expect(withRole(dates)).toEqual([]);
    expect(withRole({ beginGeldigheid: '2026-03-02T00:00:00Z', eindeGeldigheid: '2026-03-03' })).toHaveLength(1);
    expect(withRole({ beginGeldigheid: '', eindeGeldigheid: null })).toHaveLength(1);
  });

  test('are persons: organisations and roles without a person are left out', () => {
    expect(withRole({ betrokkeneType: 'niet_natuurlijk_persoon' })).toEqual([]);
    expect(withRole({ betrokkeneIdentificatie: null })).toEqual([]);
    expect(withRole({ betrokkeneIdentificatie: undefined })).toEqual([]);
    for (const betrokkeneIdentificatie of [
      {},
      { inpBsn: '', voornamen: null },
      { inpBsn: '000000000' },
      { geslachtsnaam: '.' },
    ])
      expect(withRole({ betrokkeneIdentificatie })).toEqual([]);
  });

  test('are identified by BSN, else by V-number, else not at all', () => {
    const persons = [
      { inpBsn: '1', anpIdentificatie: '2' },
      { inpBsn: '', anpIdentificatie: '2' },
      { geslachtsnaam: 'Imani' },
    ].map((betrokkeneIdentificatie) => withRole({ betrokkeneIdentificatie })[0]?.ids);
    expect(persons).toEqual([
      [
        { kind: 'bsn', value: '1' },
        { kind: 'vnumber', value: '2' },
      ],
      [{ kind: 'vnumber', value: '2' }],
      [],
    ]);
  });

  test('keep the names they have, and a birth date only if valid', () => {
    expect(
      withRole({ betrokkeneIdentificatie: { voorletters: 'A.', geslachtsnaam: 'Imani', geboortedatum: '1980-00-00' } }),
    ).toMatchObject([{ givenName: 'A.', familyName: 'Imani', birthDate: null }]);
    expect(withRole({ betrokkeneIdentificatie: { geslachtsnaam: 'Imani' } })).toMatchObject([
      { givenName: '', familyName: 'Imani' },
    ]);
  });

  test.each([
    ['Amal', '.', 'Amal', ''],
    ['-', 'Haddad', '', 'Haddad'],
    ['N.N.', 'Haddad', '', 'Haddad'],
    ['Amal', null, 'Amal', ''],
    ['A'.repeat(120), '', 'A'.repeat(120), ''],
  ])('named %s %s have the names %s and %s', (voornamen, geslachtsnaam, givenName, familyName) => {
    const betrokkeneIdentificatie = {
      inpBsn: '1',
      voornamen,
      geslachtsnaam,
      voorvoegselGeslachtsnaam: 'van',
      voorletters: '',
    };
    expect(withRole({ betrokkeneIdentificatie })).toMatchObject([
      { givenName, familyName: familyName && `van ${familyName}` },
    ]);
  });

  test.each([
    ['99990019', 'bsn', '099990019'],
    [99990019, 'bsn', '099990019'],
    [' 999990019 ', 'bsn', '999990019'],
  ])('with the BSN %j are the same as with nine digits', (inpBsn, kind, value) => {
    expect(withRole({ betrokkeneIdentificatie: { inpBsn } })[0]?.ids).toEqual([{ kind, value }]);
  });

  test('match the viewer only by the same number of the same kind', () => {
    const rol = rolSchema.parse({
      ...APPLICANT,
      betrokkeneIdentificatie: { inpBsn: '999990019', anpIdentificatie: '1234567890' },
    });
    expect(isOf(rol, { kind: 'bsn', value: '999990019' })).toBe(true);
    expect(isOf(rol, { kind: 'vnumber', value: '1234567890' })).toBe(true);
    expect(isOf(rol, { kind: 'vnumber', value: '999990019' })).toBe(false);
    expect(isOf(rol, { kind: 'bsn', value: '99999001' })).toBe(false);
    expect(
      isOf(rolSchema.parse({ ...APPLICANT, betrokkeneType: 'medewerker' }), { kind: 'bsn', value: '999990019' }),
    ).toBe(false);
  });

  test('without a known number match no viewer', () => {
    const nameless = rolSchema.parse({ ...APPLICANT, betrokkeneIdentificatie: { geslachtsnaam: 'Imani' } });
    expect(isOf(nameless, { kind: 'bsn', value: '' })).toBe(false);
  });
});

describe('a result', () => {
  const withResult = (resultaattype: Json, eigenschappen: readonly Json[] = []) => {
    const besluit = { ...STATUSTYPE, omschrijving: 'Besluit genomen' };
    return read(
      expanded({
        status: { ...STATUS, _expand: { statustype: besluit } },
        resultaat: { _expand: { resultaattype } },
        eigenschappen,
      }),
    );
  };

  test('is known by its name, else by its general name', () => {
    expect(withResult({ omschrijving: 'Afgewezen' })).toMatchObject({ outcome: 'refused', result: 'Afgewezen' });
    expect(withResult({ omschrijving: 'Nee', omschrijvingGeneriek: 'Verleend' })).toMatchObject({
      outcome: 'granted',
      result: 'Nee',
    });
    expect(withResult({ omschrijving: 'Anders' })).toMatchObject({ outcome: null, result: 'Anders' });
  });

  test('has the dates that the registry gives', () => {
    const eigenschappen = [
      { naam: 'Besluitdatum', waarde: '2026-01-30' },
      { naam: 'verzenddatum', waarde: '2026-02-02T08:00:00Z' },
      { naam: 'Uiterlijke reactiedatum', waarde: 'soon' },
    ];
    expect(withResult({ omschrijving: 'Afgewezen' }, eigenschappen).decision).toEqual({
      made: '2026-01-30',
      notified: '2026-02-02',
      reactBy: null,
    });
    expect(read(expanded({ eigenschappen })).decision.made).toBeNull();
  });
});

test('the day on which a notice of default came is a property', () => {
  expect(withProperties({ 'Ingebrekestelling ontvangen': '2026-04-01' }).noticeReceived).toBe('2026-04-01');
  expect(withProperties({ 'ingebrekestelling ontvangen': 'ja' }).noticeReceived).toBeNull();
});

describe('what the agency asks for', () => {
  test('is a date and a list of papers', () => {
    expect(withProperties({ Reactietermijn: '2026-04-01', gevraagd: 'ID, PAS,,FOTO ,' }).request).toEqual({
      until: '2026-04-01',
      papers: ['ID', 'PAS', 'FOTO'],
    });
    expect(withProperties({ reactietermijn: 'soon', gevraagd: '' }).request).toEqual({ until: null, papers: [] });
  });

  test.each([
    ['350', 350],
    ['€ 1.325,50', 1325.5],
    ['243,-', 243],
    ['free', undefined],
    ['0', undefined],
  ])('may be a fee: %s', (leges, amount) => {
    expect(withProperties({ leges }).request.amount).toBe(amount);
  });

  test('may have a page of its own, under TLS only', () => {
    expect(withProperties({ taaklink: 'https://a.example/t?x=1' }).request.link).toBe('https://a.example/t?x=1');
    for (const taaklink of ['http://a.example/', 'javascript:alert(1)', 'https://', ''])
      expect(withProperties({ taaklink }).request.link).toBeUndefined();
  });

  test('may be an appointment; half an invitation is dropped', () => {
    expect(withProperties({ uitnodiging: '2026-04-08T09:30|Zwolle' }).invitation).toEqual({
      at: '2026-04-08T09:30',
      place: 'Zwolle',
    });
    for (const uitnodiging of [
      '',
      '2026-04-08T09:30',
      '|Zwolle',
      'soon|Zwolle',
      '2026-04-08|Zwolle',
      '2026-02-30T09:30|Zwolle',
      '2026-04-08T25:00|Zwolle',
    ])
      expect(withProperties({ uitnodiging }).invitation).toBeNull();
  });
});

test.each(['VVR-GEZIN', 'vvr-gezin', ' Vvr-Gezin '])('the type %j is the procedure family', (identificatie) => {
  expect(read(expanded({ zaaktype: { ...ZAAK._expand.zaaktype, identificatie } })).procedure).toBe('family');
});
