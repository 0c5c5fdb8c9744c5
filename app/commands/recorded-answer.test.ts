import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bsnOf } from '~/model/bsn';
import { createRedaction } from './recorded-answer';

const PERSON = {
  names: ['Amal', 'Haddad', 'أمل', 'Олена'],
  bsn: '999990019',
  birth: '1988-04-17',
  email: 'amal.haddad@example.org',
  phone: '+31 6 12345678',
  street: 'Kerkstraat 12',
  reference: 'Z2026-0012345',
};

const ANSWER = {
  count: 1,
  next: null,
  results: [
    {
      url: 'https://zaken.ind.example/zaken/api/v1/zaken/6a0f4b1e-2b5c-4c8e-9d5c-0b7f5a1d2e3f',
      identificatie: PERSON.reference,
      startdatum: '2026-01-10',
      einddatum: '2026-02-01',
      toelichting: `Amal Haddad belde, geboren ${PERSON.birth}, ${PERSON.email}`,
      zaaktype: { identificatie: 'GEZIN', omschrijving: `Gezinshereniging, bel ${PERSON.phone} of ${PERSON.email}` },
      opschorting: { indicatie: false, reden: '' },
      [PERSON.bsn]: 1,
      [PERSON.email]: 1,
      _expand: {
        rollen: [
          {
            betrokkeneType: 'natuurlijk_persoon',
            betrokkeneIdentificatie: {
              inpBsn: PERSON.bsn,
              geslachtsnaam: 'Haddad',
              voornamen: '.',
              geboortedatum: PERSON.birth,
              verblijfsadres: { straat: PERSON.street, telefoon: PERSON.phone, nummer: 612345678 },
            },
          },
        ],
      },
    },
  ],
};

const text = (value: unknown) => JSON.stringify(value);

describe('a recorded answer', () => {
  const { redacted } = createRedaction();
  const made = text(redacted(ANSWER));

  test('holds no name, number, date of birth, address, telephone number or host', () => {
    for (const part of [
      ...PERSON.names,
      PERSON.bsn,
      PERSON.birth,
      'example.org',
      '12345678',
      'Kerkstraat',
      '0012345',
      'ind.example',
      '6a0f4b1e',
    ])
      expect(made.toLowerCase()).not.toContain(part.toLowerCase());
  });

  test('keeps words of catalogues, forms, and what means none', () => {
    expect(made).toContain('"identificatie":"GEZIN"');
    expect(made).toContain('Gezinshereniging');
    expect(made).toContain('"voornamen":"."');
    expect(made).toContain('"reden":""');
    expect(made).toContain('"count":1,"next":null');
    expect(made).toMatch(/"identificatie":"[A-Z]\d{4}-\d{7}"/);
  });

  test('has valid numbers and dates in their order', () => {
    const bsn = /"inpBsn":"(\d{9})"/.exec(made)?.[1] ?? '';
    expect(bsnOf(bsn)).toBe(bsn);
    const [, start = '', end = ''] = /"startdatum":"([^"]+)","einddatum":"([^"]+)"/.exec(made) ?? [];
    expect(Date.parse(end) - Date.parse(start)).toBe(22 * 86_400_000);
  });

  test('repeats the stand-in of a value, and no other recording has it', () => {
    const one = createRedaction();
    expect(one.redacted({ naamVan: 'Haddad' })).toEqual(one.redacted({ naamVan: 'Haddad' }));
    expect(text(redacted(ANSWER))).toBe(made);
    expect(text(createRedaction().redacted(ANSWER))).not.toBe(made);
  });

  test('of any form holds nothing of a person, wherever it stood', () => {
    const field = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }).map((name) => `x${name}`);
    const secrets = fc.constantFrom(
      ...PERSON.names,
      PERSON.bsn,
      PERSON.birth,
      PERSON.email,
      PERSON.phone,
      PERSON.street,
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        secrets,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(field, tie('value'), { maxKeys: 3 }),
      ),
    }));
    const bare = /Amal|Haddad|أمل|Олена|999990019|1988-04-17|amal\.haddad|12345678|Kerkstraat/i;
    fc.assert(
      fc.property(value, (answer) => {
        expect(text(createRedaction().redacted(answer))).not.toMatch(bare);
      }),
      { numRuns: 300 },
    );
  });
});
