import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { representation } from '~/config/representation.server';
import { type RepresentationFault, RepresentationRefused, representationOf } from './represents.server';

const BSN = 'urn:nl-eid-gdi:1.0:id:BSN';
const RSIN = 'urn:nl-eid-gdi:1.0:id:RSIN';
const NOW = 1_800_000_000;
const [ACTOR, CLIENT, OTHER] = ['999990019', '111222333', '123456782'] as const;
const FACTS = {
  actor: { iss: 'https://login.example', sub: 'u1', persons: [{ kind: 'bsn', value: ACTOR } as const] },
  services: [],
  now: NOW,
};

const client = (more: object = {}) => ({ iss: 'https://register.example', sub: CLIENT, sub_id_type: BSN, ...more });
const office = (represents: unknown) => ({
  iss: 'https://register.example',
  sub: '492099595',
  sub_id_type: RSIN,
  alt_sub: { iss: 'https://kvk.example', sub: '27381312', sub_id_type: 'urn:nl-eid-gdi:1.0:id:KvKnr' },
  represents,
});

const read = (claim: unknown, rules: object = {}, services: readonly string[] = []) =>
  representationOf(claim, { ...FACTS, services }, representation.parse(rules));

/** Why a claim is refused; null when it is accepted. */
function faultOf(claim: unknown, rules: object = {}, services: readonly string[] = []): RepresentationFault | null {
  try {
    read(claim, rules, services);
    return null;
  } catch (error) {
    if (error instanceof RepresentationRefused) return error.fault;
    throw error;
  }
}

describe('a representation is understood', () => {
  test.each<[string, unknown, object?]>([
    ['of the profile', client()],
    ['of the profile, as a list of one', [client()]],
    ['with the number of SAML times', client({ sub_id_type: 'urn:nl-eid-gdi:1.0:id:legacy-BSN' })],
    ['with a type in other capitals', client({ sub_id_type: BSN.toUpperCase() })],
    ['with a number in groups', client({ sub: '111.222.333' })],
    ['with a number that is a number', client({ sub: 111_222_333 })],
    ['with forms of none in it', client({ represents: null, alt_sub: [], name: '', exp: null })],
    ['with what describes the person', client({ email: 'a@example.org', birthdate: '2001-01-01', gender: '' })],
    [
      'with a pseudonym and the number beside it',
      { ...client({ sub: 'x-7_y', sub_id_type: 'p' }), alt_sub: [client()] },
    ],
    ['in a chain', office(client())],
    ['of a broker: a number', CLIENT],
    ['of a broker: an object with a number', { bsn: CLIENT }],
    ['of a broker, told twice', [CLIENT, { bsn: CLIENT }]],
    ['with a type that the agency names', client({ sub_id_type: 'urn:own' }), { idTypes: { 'URN:own': 'bsn' } }],
    ['with a member that the agency ignores', client({ loa: 'high' }), { ignored: ['loa'] }],
    ['for a service that the agency lists', client({ scope: 'urn:a urn:b' }), { services: ['urn:a', 'urn:b'] }],
  ])('%s', (_name, claim, rules) => {
    expect(read(claim, rules)?.person).toEqual({ kind: 'bsn', value: CLIENT });
  });

  test('by a V-number', () => {
    expect(read('2811000137')?.person).toEqual({ kind: 'vnumber', value: '2811000137' });
    expect(read({ v_number: '2811000137' })?.person).toEqual({ kind: 'vnumber', value: '2811000137' });
  });

  test('with its name, who stands between, and its end', () => {
    expect(read(office(client({ given_name: 'Noor', family_name: 'Aziz', exp: NOW + 60 })))).toMatchObject({
      name: 'Noor Aziz',
      chain: ['https://register.example 492099595'],
      until: NOW + 60,
    });
  });

  test('when a claim beside it names the service', () => {
    expect(faultOf(client(), { services: ['urn:a'] }, ['urn:a'])).toBeNull();
  });
});

test.each([undefined, null, '', ' ', '.', '-', [], {}, [{}], { iss: '', sub: '.', represents: {} }])(
  '%j is no representation',
  (claim) => {
    expect(read(claim)).toBeNull();
  },
);

describe('a representation is refused', () => {
  const deep = (depth: number): object =>
    depth === 0 ? client() : { iss: 'https://register.example', sub: `p${depth}`, represents: deep(depth - 1) };
  test.each<[RepresentationFault, string, unknown, object?, (readonly string[])?]>([
    ['shape', 'another kind of value', true],
    ['shape', 'a nested list', [[client()]]],
    ['shape', 'an unknown member', client({ restricted_to: 'tax' })],
    ['shape', 'no issuer', { sub: CLIENT, sub_id_type: BSN }],
    ['shape', 'an end that is no number', client({ exp: 'tomorrow' })],
    ['service', 'a service that the agency does not list', client({ scope: 'urn:tax' })],
    ['service', 'one of two services unknown', client({ scope: ['urn:a', 'urn:tax'] }), { services: ['urn:a'] }],
    ['service', 'an unknown service beside it', client(), { services: ['urn:a'] }, ['urn:tax']],
    ['service', 'no service where one is due', client(), { services: ['urn:a'] }],
    ['too-deep', 'six parties', deep(5)],
    ['too-deep', 'forty parties', deep(40)],
    ['no-subject', 'no subject', { iss: 'https://register.example', name: 'Noor' }],
    ['no-subject', 'an empty subject in a chain', office({ iss: 'x', sub: ' ' })],
    ['unknown-number', 'no type of number', client({ sub_id_type: '' })],
    ['unknown-number', 'a pseudonym alone', client({ sub: 'RKyLp', sub_id_type: 'urn:nl-eid-gdi:1.0:id:pseudonym' })],
    ['unknown-number', 'an organisation', client({ sub: '492099595', sub_id_type: RSIN })],
    ['unknown-number', 'a BSN that fails the eleven-test', client({ sub: '111222334' })],
    ['unknown-number', 'a name', 'Noor Aziz'],
    ['two-candidates', 'two people', [client(), client({ sub: OTHER })]],
    ['two-candidates', 'two numbers of one kind', client({ bsn: OTHER })],
    ['two-candidates', 'another number beside it', client({ alt_sub: [client({ sub: OTHER })] })],
    ['loop', 'a party twice in the chain', office(office(client()))],
    ['loop', 'the signed-in person in the chain', { iss: 'https://login.example', sub: 'u1', represents: client() }],
    ['oneself', 'the signed-in person', client({ sub: ACTOR })],
    ['oneself', 'the signed-in person at the end of a chain', office(client({ sub: ACTOR }))],
    ['oneself', 'the signed-in sub', { iss: 'https://login.example', sub: 'u1', bsn: CLIENT }],
    ['expired', 'an end that has passed', client({ exp: NOW })],
    ['expired', 'a beginning to come', client({ nbf: NOW + 60 })],
    ['expired', 'an end of who stands between', { ...office(client()), exp: NOW - 1 }],
  ])('%s: %s', (fault, _name, claim, rules, services) => {
    expect(faultOf(claim, rules, services)).toBe(fault);
  });

  test('or names the innermost person, whatever its shape', () => {
    const value = fc.oneof(fc.constantFrom(CLIENT, OTHER, ACTOR, BSN, RSIN, '', null, 7, [], {}), fc.string());
    const mostly = (...good: readonly unknown[]) =>
      fc.oneof({ arbitrary: fc.constantFrom(...good), weight: 9 }, { arbitrary: value, weight: 1 });
    const { party } = fc.letrec((tie) => {
      // Only these three nest: more would make millions of values.
      const inner = fc.oneof({ maxDepth: 4 }, value, tie('party'));
      const rarely = fc.oneof({ arbitrary: fc.constant(undefined), weight: 9 }, { arbitrary: inner, weight: 1 });
      const own = { iss: mostly('https://register.example'), sub: mostly(CLIENT, OTHER), sub_id_type: mostly(BSN) };
      const more = {
        bsn: mostly(undefined),
        exp: mostly(undefined),
        alt_sub: rarely,
        represents: inner,
        other: rarely,
      };
      return { party: fc.record({ ...own, ...more }).map((all) => JSON.parse(JSON.stringify(all))) };
    });
    let named = 0;
    fc.assert(
      fc.property(party, (claim) => {
        if (faultOf(claim) !== null) return;
        const found = read(claim);
        if (!found) return;
        named++;
        expect([CLIENT, OTHER]).toContain(found.person.value);
        expect(JSON.stringify(innermost(claim))).toContain(found.person.value);
      }),
      { numRuns: 2_000 },
    );
    expect(named).toBeGreaterThan(20);
  });
});

function innermost(claim: unknown): unknown {
  const next = typeof claim === 'object' && claim !== null ? new Map(Object.entries(claim)).get('represents') : null;
  const isMore = typeof next === 'object' && next !== null && read0(next);
  // "", "." and "-" mean none.
  return isMore || (typeof next === 'string' && /[\p{L}\p{N}]/u.test(next)) ? innermost(next) : claim;
}

const read0 = (value: object): boolean =>
  JSON.stringify(value).includes(CLIENT) || JSON.stringify(value).includes(OTHER);
