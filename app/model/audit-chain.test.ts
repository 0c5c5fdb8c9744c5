import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChainEntry,
  type ChainGap,
  type ChainHead,
  canonicalJson,
  gapsAfter,
  nextEntry,
  verifyChain,
} from './audit-chain';

const hashOf = (prev: string, seq: number, body: string) =>
  createHmac('sha256', 'key').update(`${prev}\n${seq}\n${body}`).digest('hex');

function chainOf(bodies: readonly string[]): { entries: ChainEntry[]; head: ChainHead | null } {
  const entries: ChainEntry[] = [];
  for (const body of bodies) entries.push(nextEntry(entries.at(-1) ?? null, body, hashOf));
  const last = entries.at(-1);
  return { entries, head: last ? { seq: last.seq, hash: last.hash } : null };
}

const bodies = fc.array(fc.string(), { minLength: 2, maxLength: 12 });
const place = fc.nat();

test('an untouched chain has no faults in any order', () => {
  fc.assert(
    fc.property(bodies, (texts) => {
      const { entries, head } = chainOf(texts);
      expect(verifyChain(entries, hashOf, head)).toEqual([]);
      expect(verifyChain(entries.toReversed(), hashOf, head)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe('I10: a single change is found and named', () => {
  test('an altered entry', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { entries, head } = chainOf(texts);
        const index = n % entries.length;
        const changed = entries.map((entry, at) => (at === index ? { ...entry, body: `${entry.body}!` } : entry));
        expect(verifyChain(changed, hashOf, head)).toEqual([{ kind: 'altered', seq: index + 1 }]);
      }),
      { numRuns: 500 },
    );
  });

  test('an altered entry with a hash made without the key', () => {
    const { entries, head } = chainOf(['a', 'b', 'c']);
    const forged = entries.map((entry) => (entry.seq === 2 ? { ...entry, body: 'B', hash: 'f'.repeat(64) } : entry));
    expect(verifyChain(forged, hashOf, head).map(({ seq }) => seq)).toContain(2);
  });

  test('a dropped entry, even the last', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { entries, head } = chainOf(texts);
        const index = n % entries.length;
        const faults = verifyChain(entries.toSpliced(index, 1), hashOf, head);
        expect(faults).toEqual([{ kind: index === entries.length - 1 ? 'end-missing' : 'missing', seq: index + 1 }]);
      }),
      { numRuns: 500 },
    );
  });

  test('an inserted entry', () => {
    fc.assert(
      fc.property(bodies, place, (texts, n) => {
        const { entries, head } = chainOf(texts);
        const seq = (n % entries.length) + 1;
        const stranger = { seq, prevHash: 'a'.repeat(64), hash: 'b'.repeat(64), body: 'stranger' };
        const faults = verifyChain([...entries, stranger], hashOf, head);
        expect(faults.some((fault) => fault.seq === seq)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('two swapped entries', () => {
    fc.assert(
      fc.property(bodies, place, place, (texts, n, m) => {
        const { entries, head } = chainOf(texts.map((text, index) => `${index} ${text}`));
        const [a, b] = [n % entries.length, m % entries.length];
        fc.pre(a !== b);
        const swapped = entries.map((entry, at) => {
          const other = entries[at === a ? b : at === b ? a : at] ?? entry;
          return { ...other, seq: entry.seq };
        });
        const faults = verifyChain(swapped, hashOf, head);
        expect(faults.filter(({ kind }) => kind === 'swapped').map(({ seq }) => seq)).toEqual(
          [a + 1, b + 1].sort((x, y) => x - y),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test('I10: arbitrary entries are judged without an exception', () => {
  const bytes = fc.string({ unit: 'binary' });
  const seq = fc.oneof(fc.integer({ min: -3, max: 20 }), fc.maxSafeInteger());
  const entry = fc.record({ seq, prevHash: bytes, hash: bytes, body: bytes });
  const head = fc.option(fc.record({ seq, hash: bytes }));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), head, (entries, last) => {
      const faults = verifyChain(entries, hashOf, last);
      // None of these entries was ever written.
      const named = new Set(faults.map((fault) => fault.seq));
      expect(entries.filter((each) => !named.has(each.seq))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

/** Purges entries in rounds, as the portal does: `rounds[n]` picks the entries of round n by number. */
function purgedChain(texts: readonly string[], rounds: readonly (readonly number[])[]) {
  const { entries, head } = chainOf(texts);
  let left = entries;
  let gaps: ChainGap[] = [];
  for (const round of rounds) {
    const chosen = new Set(round.map((n) => (n % texts.length) + 1));
    const made = gapsAfter(
      left.filter(({ seq }) => chosen.has(seq)),
      gaps,
      hashOf,
    );
    const replaced = new Set(made.flatMap(({ replaces }) => replaces));
    gaps = [...gaps.filter(({ from }) => !replaced.has(from)), ...made.map(({ gap }) => gap)];
    left = left.filter(({ seq }) => !chosen.has(seq));
  }
  return { entries, left, gaps, head };
}

describe('a purged chain', () => {
  const rounds = fc.array(fc.array(fc.nat(), { maxLength: 6 }), { minLength: 1, maxLength: 4 });

  test('is whole, and has no two gaps side by side', () => {
    fc.assert(
      fc.property(bodies, rounds, (texts, chosen) => {
        const { left, gaps, head } = purgedChain(texts, chosen);
        expect(verifyChain(left, hashOf, head, gaps)).toEqual([]);
        const ends = new Set(gaps.map(({ until }) => until + 1));
        expect(gaps.filter(({ from }) => ends.has(from))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('still names an altered or dropped entry', () => {
    fc.assert(
      fc.property(bodies, rounds, place, fc.boolean(), (texts, chosen, n, isDrop) => {
        const { left, gaps, head } = purgedChain(texts, chosen);
        fc.pre(left.length > 0);
        const index = n % left.length;
        const seq = left[index]?.seq;
        const changed = isDrop
          ? left.toSpliced(index, 1)
          : left.map((entry, at) => (at === index ? { ...entry, body: `${entry.body}!` } : entry));
        const faults = verifyChain(changed, hashOf, head, gaps);
        expect(faults.map((fault) => fault.seq)).toEqual([seq]);
      }),
      { numRuns: 500 },
    );
  });

  test('names a gap that is altered, dropped, made up or refilled', () => {
    fc.assert(
      fc.property(bodies, rounds, place, (texts, chosen, n) => {
        const { entries, left, gaps, head } = purgedChain(texts, chosen);
        const gap = gaps[n % Math.max(1, gaps.length)];
        fc.pre(gap !== undefined);
        if (!gap) return;
        const others = gaps.filter((other) => other !== gap);
        const named = (known: readonly ChainGap[], kept = left) => verifyChain(kept, hashOf, head, known);
        expect(named(others).map(({ seq }) => seq)).toContain(gap.from);
        expect(named([...others, { ...gap, until: gap.until + 1 }]).map(({ seq }) => seq)).toContain(gap.from);
        expect(named([...others, { ...gap, hash: 'f'.repeat(64) }]).map(({ seq }) => seq)).toContain(gap.from);
        const refilled = entries.filter((entry) => entry.seq === gap.until || left.includes(entry));
        expect(named(gaps, refilled)).toContainEqual({ kind: 'inserted', seq: gap.until });
        for (const dropped of left) {
          const madeUp = {
            ...gap,
            from: dropped.seq,
            until: dropped.seq,
            prevHash: dropped.prevHash,
            hash: dropped.hash,
          };
          const others = left.filter((entry) => entry !== dropped);
          expect(named([...gaps, madeUp], others)).toContainEqual({ kind: 'gap-altered', seq: dropped.seq });
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('equal values have one canonical text', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
});
