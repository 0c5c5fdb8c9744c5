import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DEMO_AGENCY } from '../../../tests/agency/agency';
import { changed, pathsOf } from '../../../tests/agency/paths';
import { expanded, read, STATUS, TODAY, ZAAK, ZONE, zaakWith } from '../../../tests/agency/zaak';
import { caseOf } from './case-of';
import { pageOf, unpagedOf, zaakSchema } from './schema.server';

describe('optional fields', () => {
  test('are none when absent, and the case is there', () => {
    const { url, uuid, identificatie, zaaktype, startdatum } = ZAAK;
    expect(read({ url, uuid, identificatie, zaaktype, startdatum })).toMatchObject({
      procedure: null,
      procedureName: '',
      ended: null,
      decideBy: null,
      statutoryTerm: null,
      extension: null,
      suspension: null,
      current: null,
      result: null,
      parties: [],
      vNumber: null,
    });
  });

  test.each(['identificatie', 'startdatum'])('do not include %s: without it only that case is unreadable', (field) => {
    const rows = pageOf(zaakSchema);
    const broken = [undefined, null, ''].map((value) => zaakWith({ [field]: value }));
    const page = rows.parse({ count: 4, next: '', results: [...broken, ZAAK] });
    expect(page.results.map((row) => row?.uuid)).toEqual([undefined, undefined, undefined, 'u1']);
  });

  test('that are URLs are "" when unset', () => {
    expect(read(zaakWith({ hoofdzaak: '', resultaat: '', status: '' }))).toEqual(read(ZAAK));
    expect(read(expanded({ status: { ...STATUS, url: '', _expand: {} } })).current).toBeNull();
    expect(read(expanded({ status: null, resultaat: null })).current).toBeNull();
  });

  test('that are durations are none when invalid', () => {
    for (const doorlooptijd of ['', 'P', '90', 'P90', 'PT8H', 'about 90 days', null, 90])
      expect(read(expanded({ zaaktype: { ...ZAAK._expand.zaaktype, doorlooptijd } })).statutoryTerm).toBeNull();
    for (const doorlooptijd of ['P90D', 'P6M', 'P8W', 'P1Y', 'P1Y6M'])
      expect(read(expanded({ zaaktype: { ...ZAAK._expand.zaaktype, doorlooptijd } })).statutoryTerm).toBe(doorlooptijd);
  });
});

test('any value in one field refuses the zaak or gives valid dates', () => {
  const paths = pathsOf(ZAAK).concat([['verlenging'], ['verlenging', 'duur'], ['_expand', 'resultaat']]);
  const anything = fc.oneof(
    fc.constantFrom(undefined, null, '', 0, -1, [], {}, 'x', '2026-02-30', 'P1D', '2026-02-01T25:00Z'),
    fc.string(),
    fc.jsonValue(),
  );
  const full = zaakWith({ verlenging: { reden: 'Druk', duur: 'P3M' } });
  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, (path, value) => {
      const parsed = zaakSchema.safeParse(changed(full, path, value));
      if (!parsed.success) return;
      const found = caseOf(parsed.data, { zone: ZONE, today: TODAY, agency: DEMO_AGENCY });
      const dates = [
        found.received,
        found.ended,
        found.decideBy,
        found.request.until,
        found.current?.since,
        ...found.parties.map((party) => party.birthDate),
      ];
      for (const date of dates) if (date != null) expect(Temporal.PlainDate.from(date).toString()).toBe(date);
      for (const term of [found.statutoryTerm, found.extension?.duration])
        if (term != null) Temporal.Duration.from(term);
    }),
    { numRuns: 400 },
  );
});

test('an unpaged list is none only when it says so', () => {
  const list = (value: unknown) => unpagedOf(z.object({ id: z.string() })).safeParse(value).data ?? null;
  expect(list([])).toMatchObject({ count: 0, results: [] });
  expect(list([{ id: '1' }, 7])).toMatchObject({ next: '', results: [{ id: '1' }, null] });
  expect(list({ count: 1, next: 'https://x/?page=2', results: [{ id: '1' }] })?.next).not.toBe('');
  for (const nothing of [null, '', {}, 'x', 204]) expect(list(nothing), JSON.stringify(nothing)).toBeNull();
});
