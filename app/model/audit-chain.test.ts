import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainHead, type ChainRecord, canonicalJson, chained, verifyChain } from './audit-chain';

const hashOf = (prev: string, seq: number, body: string) =>
  createHmac('sha256', 'key').update(`${prev}\n${seq}\n${body}`).digest('hex');

function chainOf(bodies: readonly string[]): { records: ChainRecord[]; head: ChainHead | null } {
  const records: ChainRecord[] = [];
  for (const body of bodies) records.push(chained(records.at(-1) ?? null, body, hashOf));
  const last = records.at(-1);
  return { records, head: last ? { seq: last.seq, hash: last.hash } : null };
}

const bodies = fc.array(fc.string(), { minLength: 2, maxLength: 12 });
const place = fc.nat();

test('a chain that nobody touched has no faults, in whatever order it is read', () => {
  fc.assert(
    fc.property(bodies, (texts) => {
      const { records, head } = chainOf(texts);
      expect(verifyChain(records, hashOf, head)).toEqual([]);
      expect(verifyChain(records.toReversed(), hashOf, head)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe('I10: one change is found and named', () => {
  test('an altered record', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { records, head } = chainOf(texts);
        const index = n % records.length;
        const changed = records.map((record, at) => (at === index ? { ...record, body: `${record.body}!` } : record));
        expect(verifyChain(changed, hashOf, head)).toEqual([{ kind: 'altered', seq: index + 1 }]);
      }),
      { numRuns: 500 },
    );
  });

  test('a record that was altered and given a hash without the key', () => {
    const { records, head } = chainOf(['a', 'b', 'c']);
    const forged = records.map((record) =>
      record.seq === 2 ? { ...record, body: 'B', hash: 'f'.repeat(64) } : record,
    );
    expect(verifyChain(forged, hashOf, head).map(({ seq }) => seq)).toContain(2);
  });

  test('a dropped record, the last one too', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { records, head } = chainOf(texts);
        const index = n % records.length;
        const faults = verifyChain(records.toSpliced(index, 1), hashOf, head);
        expect(faults).toEqual([{ kind: index === records.length - 1 ? 'end-missing' : 'missing', seq: index + 1 }]);
      }),
      { numRuns: 500 },
    );
  });

  test('an inserted record', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { records, head } = chainOf(texts);
        const seq = (n % records.length) + 1;
        const stranger = { seq, prevHash: 'a'.repeat(64), hash: 'b'.repeat(64), body: 'stranger' };
        const faults = verifyChain([...records, stranger], hashOf, head);
        expect(faults.some((fault) => fault.seq === seq)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('two records that changed places', () => {
    fc.assert(
      fc.property(bodies, place, place, (texts, n, m) => {
        const { records, head } = chainOf(texts.map((text, index) => `${index} ${text}`));
        const [a, b] = [n % records.length, m % records.length];
        fc.pre(a !== b);
        const swapped = records.map((record, at) => {
          const other = records[at === a ? b : at === b ? a : at] ?? record;
          return { ...other, seq: record.seq };
        });
        const found = verifyChain(swapped, hashOf, head);
        expect(found.filter(({ kind }) => kind === 'moved').map(({ seq }) => seq)).toEqual(
          [a + 1, b + 1].sort((x, y) => x - y),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test('I10: any records at all, of any bytes, are judged without an error and without end', () => {
  const bytes = fc.string({ unit: 'binary' });
  const seq = fc.oneof(fc.integer({ min: -3, max: 20 }), fc.maxSafeInteger());
  const record = fc.record({ seq, prevHash: bytes, hash: bytes, body: bytes });
  const head = fc.option(fc.record({ seq, hash: bytes }));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), head, (records, last) => {
      const faults = verifyChain(records, hashOf, last);
      // No record of these was ever written: each is named.
      const named = new Set(faults.map((fault) => fault.seq));
      expect(records.filter((each) => !named.has(each.seq))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('equal values have one text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
});
