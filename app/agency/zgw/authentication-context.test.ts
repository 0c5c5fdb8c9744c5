import { describe, expect, test } from 'vitest';
import { APPLICANT, expanded, type Json, read } from '../../../tests/agency/zaak';
import { actsForOf } from './authentication-context.server';

const OWN = { kind: 'bsn', value: '999990019' } as const;
const CLIENT = '999990020';
const LOA3 = 'urn:etoegang:core:assurance-class:loa3';
const representee = { identifierType: 'bsn', identifier: CLIENT };
const of = (context: unknown) => actsForOf(context, [OWN]);
const UNKNOWN = { person: null, legal: false };

describe('for themselves', () => {
  test.each([
    undefined,
    null,
    '',
    ' . ',
    {},
    [],
    [{}],
    { source: 'digid', levelOfAssurance: LOA3 },
    { source: 'digid', levelOfAssurance: LOA3, representee: null, mandate: null },
    { representee: {}, mandate: '' },
    { representee: { identifierType: 'bsn', identifier: OWN.value } },
  ])('acts who signed in with %j', (context) => {
    expect(of(context)).toBeNull();
  });
});

describe('for another', () => {
  test.each([
    ['a mandate', { representee, mandate: { services: [{ id: 'urn:x' }] } }, false],
    ['no mandate', { representee }, false],
    ['a curator at two factors', { levelOfAssurance: LOA3, representee, mandate: { role: 'curator' } }, true],
    ['a mentor at one factor', { levelOfAssurance: 'urn:x:loa2', representee, mandate: { role: 'mentor' } }, false],
    ['a curator at no level', { representee, mandate: { role: 'curator' } }, false],
    ['an unknown role', { levelOfAssurance: LOA3, representee, mandate: { role: 'friend' } }, false],
  ])('acts who signed in with %s', (_what, context, legal) => {
    expect(of(context)).toEqual({ person: `bsn:${CLIENT}`, legal });
  });

  test.each([
    'digid',
    7,
    [7],
    { mandate: { role: 'curator' } },
    { representee: 'x' },
    { representee: { identifierType: 'kvkNummer', identifier: '12345678' } },
    { representee: { identifierType: 'bsn', identifier: '123' } },
    { representee: { identifierType: 'bsn', identifier: OWN.value }, mandate: { role: 'curator' } },
  ])('whom we can’t name acts who signed in with %j', (context) => {
    expect(of(context)).toEqual(UNKNOWN);
  });
});

test('a case’s parties follow from whom its initiator signed in for', () => {
  const client: Json = {
    betrokkeneType: 'natuurlijk_persoon',
    omschrijvingGeneriek: 'belanghebbende',
    betrokkeneIdentificatie: { inpBsn: CLIENT, voornamen: 'Client' },
  };
  const rolesWhen = (authenticatieContext: unknown) =>
    read(expanded({ rollen: [{ ...APPLICANT, authenticatieContext }, client] })).parties.map(
      ({ roles, givenName }) => `${givenName} ${roles}`,
    );
  expect(rolesWhen({ representee, mandate: {} })).toEqual(['Amal advisor', 'Client applicant']);
  expect(rolesWhen({ levelOfAssurance: LOA3, representee, mandate: { role: 'curator' } })).toEqual([
    'Amal representative',
    'Client applicant',
  ]);
  expect(rolesWhen('unreadable')).toEqual(['Amal advisor']);
  expect(rolesWhen(null)).toEqual(['Amal applicant']);
});
