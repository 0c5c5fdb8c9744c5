import { setImmediate as turnOfNode } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createAdmission, KINDS, type Kind, kindOf, type Loop } from './admission.server';

/** A loop whose turns and clock the test drives. */
function handLoop() {
  let time = 0;
  let next: (() => void)[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const loop: Loop = {
    now: () => time,
    nextTurn: (run) => void next.push(run),
    after: (ms, run) => void timers.push({ at: time + ms, run }),
  };
  /** One turn of the loop; resolves when what it let in has begun. */
  const turn = async () => {
    for (const timer of timers.filter(({ at }) => at <= time)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
    const runs = next;
    next = [];
    for (const run of runs) run();
    await turnOfNode();
  };
  const pass = (ms: number) => {
    time += ms;
  };
  return { loop, turn, pass, now: () => time };
}

interface Attempt {
  readonly kind: Kind;
  /** Undefined while it waits. */
  leave?: (() => void) | null;
}

function crowd(most: number) {
  const hand = handLoop();
  const admission = createAdmission(most, hand.loop);
  const ask = (kind: Kind, isGone?: () => boolean, from: string | null = null): Attempt => {
    const asked: Attempt = { kind };
    admission.enter(kind, from, isGone).then((leave) => {
      asked.leave = leave;
    });
    return asked;
  };
  return { ...hand, ask, arrived: admission.arrived };
}

const isInside = ({ leave }: Attempt) => typeof leave === 'function';

test('one request begins in each turn, the most urgent first', async () => {
  const { ask, turn } = crowd(10);
  const all = [...KINDS].reverse().map((kind) => ask(kind));
  const begun: Kind[] = [];
  for (let n = 0; n < all.length; n++) {
    await turn();
    for (const asked of all) if (isInside(asked) && !begun.includes(asked.kind)) begun.push(asked.kind);
    expect(begun).toHaveLength(n + 1);
  }
  expect(begun).toEqual([...KINDS]);
});

test('within a kind the newest goes first', async () => {
  const { ask, turn } = crowd(10);
  const [old, middle, young] = [ask('visitor'), ask('visitor'), ask('visitor')];
  await turn();
  expect([old, middle, young].map(isInside)).toEqual([false, false, true]);
});

test('nothing begins while requests arrive, but not for ever', async () => {
  const { ask, turn, arrived } = crowd(10);
  const waiting = ask('visitor');
  for (let n = 0; n < 3; n++) {
    arrived();
    await turn();
    expect(isInside(waiting)).toBe(false);
  }
  await turn();
  expect(isInside(waiting)).toBe(true);
  const next = ask('visitor');
  for (let n = 0; n < 65; n++) {
    arrived();
    await turn();
  }
  expect(isInside(next)).toBe(true);
});

test('a full portal refuses after a second at most', async () => {
  const { ask, turn, pass } = crowd(1);
  ask('signed-in');
  await turn();
  const late = ask('signed-in');
  await turn();
  pass(990);
  await turn();
  expect(late.leave).toBeUndefined();
  pass(60);
  await turn();
  await turn();
  expect(late.leave).toBeNull();
});

test('a place that becomes free goes to the one who waits', async () => {
  const { ask, turn } = crowd(1);
  const first = ask('signed-in');
  await turn();
  const second = ask('signed-in');
  await turn();
  expect(isInside(second)).toBe(false);
  first.leave?.();
  await turn();
  expect(isInside(second)).toBe(true);
});

test('visitors leave half of the places to others, exports nine tenths', async () => {
  const { ask, turn } = crowd(10);
  const exports = [ask('export'), ask('export')];
  for (let n = 0; n < 4; n++) await turn();
  expect(exports.filter(isInside)).toHaveLength(1);
  const visitors = Array.from({ length: 8 }, () => ask('visitor'));
  for (let n = 0; n < 10; n++) await turn();
  expect(visitors.filter(isInside)).toHaveLength(4);
  const people = Array.from({ length: 8 }, () => ask('signed-in'));
  for (let n = 0; n < 10; n++) await turn();
  expect(people.filter(isInside)).toHaveLength(5);
});

test('ending something is not refused by a full portal', async () => {
  const { ask, turn, pass } = crowd(1);
  ask('signed-in');
  await turn();
  for (let n = 0; n < 30; n++) ask('signed-in');
  pass(5_000);
  const ending = ask('ending');
  await turn();
  expect(isInside(ending)).toBe(true);
});

test('the room grows with quick pages and shrinks with slow ones', async () => {
  const { ask, turn, pass } = crowd(100);
  let open: Attempt[] = [];
  const rounds = async (times: number, pageMs: number) => {
    let most = 0;
    for (let round = 0; round < times; round++) {
      for (let n = 0; n < 100; n++) open.push(ask('signed-in'));
      for (let n = 0; n < 100; n++) await turn();
      const inside = open.filter(isInside);
      most = Math.max(most, inside.length);
      pass(pageMs);
      for (const { leave } of inside) leave?.();
      open = open.filter(({ leave }) => leave === undefined);
    }
    return most;
  };
  expect(await rounds(1, 100)).toBe(25);
  expect(await rounds(6, 100)).toBe(100);
  await rounds(6, 2_000);
  expect(await rounds(1, 2_000)).toBe(25);
  await rounds(6, 1_200);
  expect(await rounds(1, 1_200)).toBe(100);
});

test('who floods the portal waits for everybody else', async () => {
  const { ask, turn } = crowd(100);
  const other = ask('signed-in', undefined, 'two');
  const flood = Array.from({ length: 20 }, () => ask('signed-in', undefined, 'one'));
  await turn();
  expect(isInside(other)).toBe(true);
  await turn();
  expect(flood.filter(isInside)).toHaveLength(1);
});

test('a flood of sign-outs leaves every second turn to others', async () => {
  const { ask, turn } = crowd(10);
  for (let n = 0; n < 40; n++) ask('ending');
  const people = [ask('signed-in'), ask('signed-in'), ask('visitor')];
  for (let n = 0; n < 6; n++) await turn();
  expect(people.filter(isInside)).toHaveLength(3);
});

test('a client that has gone takes no place', async () => {
  const { ask, turn } = crowd(1);
  const gone = ask('visitor', () => true);
  await turn();
  expect(gone.leave).toBeNull();
  const next = ask('visitor');
  await turn();
  expect(isInside(next)).toBe(true);
});

test('one session cannot fill the portal, and may always sign out', async () => {
  const { ask, turn } = crowd(100);
  const flood = Array.from({ length: 60 }, () => ask('signed-in', undefined, 'one'));
  await turn();
  expect(flood.filter(({ leave }) => leave === null)).toHaveLength(10);
  const [other, leaving] = [ask('signed-in', undefined, 'two'), ask('ending', undefined, 'one')];
  await turn();
  await turn();
  expect([other, leaving].map(isInside)).toEqual([true, true]);
  flood.find(isInside)?.leave?.();
  const again = ask('signed-in', undefined, 'one');
  await turn();
  expect(isInside(again)).toBe(true);
});

// A page costs ten milliseconds of the loop, and reading and refusing a request half a millisecond.
test.each(['signed-in', 'visitor'] as const)('five times the load of %s is served in time', async (kind) => {
  const { ask, turn, pass, now } = crowd(150);
  const [page, refusal, seconds] = [10, 0.5, 20];
  const offeredPerMs = 5 / page;
  const open: (Attempt & { at: number })[] = [];
  const waits = { served: [] as number[], refused: [] as number[] };
  let offered = 0;
  while (now() < 1_000 * seconds) {
    for (const due = Math.floor(now() * offeredPerMs); offered < due; offered++) {
      pass(refusal);
      open.push(Object.assign(ask(kind), { at: offered / offeredPerMs }));
    }
    await turn();
    for (const asked of open.filter(({ leave }) => leave !== undefined)) {
      open.splice(open.indexOf(asked), 1);
      if (asked.leave) pass(page);
      (asked.leave ? waits.served : waits.refused).push(now() - asked.at);
      asked.leave?.();
    }
    if (open.length === 0) pass(1);
  }
  const most = (1_000 * seconds) / page;
  expect(waits.served.length / most).toBeGreaterThan(0.7);
  expect(Math.max(...waits.served)).toBeLessThan(200);
  expect(Math.max(...waits.refused)).toBeLessThan(1_100);
});

describe('what a request is', () => {
  test.each([
    ['GET', '/nl/cases', true, 'signed-in'],
    ['GET', '/nl/cases', false, 'visitor'],
    ['GET', '/nl/wait', false, 'visitor'],
    ['POST', '/nl/sign-in', false, 'signing-in'],
    ['POST', '/nl/sign-out', true, 'ending'],
    ['POST', '/zh/leave', true, 'ending'],
    ['GET', '/auth/callback', false, 'ending'],
    ['POST', '/auth/backchannel-logout', false, 'ending'],
    ['POST', '/nl/helpdesk/with-me', true, 'ending'],
    ['GET', '/nl/helpdesk/with-me', true, 'signed-in'],
    ['GET', '/nl/wait/figures.csv', false, 'export'],
    ['GET', '/nl/advisor/deadlines', true, 'export'],
    ['GET', '/nl/advisor/calendar/abc', false, 'export'],
    ['GET', '/nl/cases/x/invitation', true, 'signed-in'],
  ] as const)('%s %s is of its kind', (method, path, isSignedIn, kind) => {
    expect(kindOf(method, path, () => isSignedIn)).toBe(kind);
  });
});
