import { Temporal } from 'temporal-polyfill';
import { AUDIT_DEFAULTS, type AuditEvent } from '../../app/model/audit-event';
import { CALENDAR_FEED } from '../../app/model/insider/advisor-rules';
import type { Facts, Hours, PhoneCall, Relation } from '../../app/model/insider/stream';

const ZONE = 'Europe/Amsterdam';
/** The clock goes forward within these four weeks. */
const FIRST = Temporal.PlainDate.from('2026-03-09');
const WEEKS = 4;
const PEOPLE_FOR_EACH = 250;
const MINUTE = 60_000;

export type Random = () => number;

/** Seeded pseudorandom numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Month {
  readonly random: Random;
  readonly events: AuditEvent[];
  readonly calls: PhoneCall[];
  readonly relations: Relation[];
  readonly staff: readonly Employee[];
  readonly advisors: readonly string[];
  readonly facts: () => Facts;
  /** Midnight of each working day, in milliseconds. */
  readonly days: readonly number[];
  between(low: number, high: number): number;
  pick<Thing>(things: readonly Thing[]): Thing;
  person(): string;
  newId(): string;
  /** Appends an event and returns its id. */
  add(ms: number, actor: string, event: Partial<AuditEvent> & Pick<AuditEvent, 'action'>): string;
}

export interface Employee {
  readonly id: string;
  readonly hours: Hours;
}

const EMPTY: Omit<AuditEvent, 'operationId' | 'time' | 'action' | 'actor'> = {
  ...AUDIT_DEFAULTS,
  objectType: 'grant',
  actorRole: 'staff',
  actorUnit: 'helpdesk',
  ground: 'duty',
  purpose: 'question-page',
  policyVersion: 2,
};

const EARLY: Hours = { from: 8 * 60, to: 16 * 60 + 30, days: [1, 2, 3, 4, 5] };
const LATE: Hours = { from: 9 * 60 + 30, to: 18 * 60, days: [1, 2, 3, 4, 5] };
const PART: Hours = { from: 9 * 60, to: 13 * 60, days: [1, 3, 5] };
const EVENING: Hours = { from: 14 * 60, to: 22 * 60, days: [1, 2, 3, 4, 5] };

/** Rates of innocent events that rules could mistake for misuse, per call or per day. */
const NOISE = {
  /** The telephone system logs the call under the colleague who passed it on. */
  passedOn: 0.008,
  /** The call back was made from a telephone that the system does not know. */
  calledBackUnseen: 0.3,
  /** A morning of calls one right after the other. */
  busy: 0.1,
  /** Stayed on for a sick colleague without a note of it. */
  stayedOn: 0.01,
  /** A caller with one of the commonest family names, which some employees have too. */
  commonName: 0.02,
} as const;
const COMMON_NAMES = 5;

/**
 * Four weeks of a helpdesk and some advisors without misuse, but with slips, repeats, families, haste, passed-on calls,
 * evening shifts, busy mornings and namesakes.
 */
export function honestMonth(seed: number, employees = 12): Month {
  const random = randomOf(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <Thing>(things: readonly Thing[]): Thing => {
    const picked = things[between(0, things.length - 1)];
    if (picked === undefined) throw new Error('Nothing to pick from');
    return picked;
  };
  let ids = 0;
  const events: AuditEvent[] = [];
  const calls: PhoneCall[] = [];
  const relations: Relation[] = [];
  const staff = Array.from({ length: employees }, (_, n) => ({
    id: `employee-${n}`,
    hours: n % 12 === 11 ? EVENING : ([EARLY, LATE, EARLY, PART][n % 4] ?? EARLY),
  }));
  const people = employees * PEOPLE_FOR_EACH;
  const often = Math.ceil(employees * 1.25);
  const newId = () => `${seed}-${++ids}`;
  const month: Month = {
    random,
    events,
    calls,
    relations,
    staff,
    advisors: Array.from({ length: 5 }, (_, n) => `advisor-${n}`),
    days: Array.from({ length: WEEKS * 7 }, (_, n) => FIRST.add({ days: n }))
      .filter(({ dayOfWeek }) => dayOfWeek <= 5)
      .map((date) => date.toZonedDateTime(ZONE).epochMilliseconds),
    between,
    pick,
    // Some people call every few days; some families are large.
    person() {
      if (random() < NOISE.commonName) return `namesake-${between(0, COMMON_NAMES - 1)}-${between(0, people / 200)}`;
      return `person-${random() < 0.02 ? between(0, often - 1) : between(often, people)}`;
    },
    newId,
    add(ms, actor, event) {
      const operationId = newId();
      events.push({ ...EMPTY, ...event, operationId, actor, time: new Date(ms).toISOString() });
      return operationId;
    },
    facts: () => ({
      zone: ZONE,
      asOf: FIRST.add({ weeks: WEEKS }).toZonedDateTime(ZONE).toInstant().toString(),
      hours: { from: 8 * 60, to: 18 * 60, days: [1, 2, 3, 4, 5] },
      ownHours: new Map(staff.map(({ id, hours }) => [id, hours])),
      calls,
      relations,
    }),
  };
  for (const [n, { id }] of staff.entries()) {
    relations.push({ actor: id, subject: `own-${n}`, as: 'self' });
    for (const as of ['family', 'address', 'name'] as const)
      relations.push({ actor: id, subject: `${as}-of-${n}`, as });
    relations.push({ actor: id, subject: `own-${(n + 1) % employees}`, as: 'colleague' });
    // One employee in ten has a name that hundreds share.
    if (n % 10 === 3)
      for (let mate = 0; mate <= people / 200; mate += 1)
        relations.push({ actor: id, subject: `namesake-${n % COMMON_NAMES}-${mate}`, as: 'name' });
  }
  for (const day of month.days) {
    for (const { id, hours } of staff) if (worksOn(month, hours, day)) helpdeskDay(month, id, hours, day);
    for (const advisor of month.advisors) advisorDay(month, advisor, day);
  }
  emergencies(month);
  return month;
}

/** `days` holds five working days a week and starts on a Monday. */
export const worksOn = ({ days }: Pick<Month, 'days'>, hours: Hours, day: number): boolean =>
  hours.days.includes((days.indexOf(day) % 5) + 1);

function helpdeskDay(month: Month, actor: string, { from, to }: Hours, day: number): void {
  const { random, between } = month;
  let minute = from + between(0, 10);
  const busyUntil = random() < NOISE.busy ? from + 150 : 0;
  const until = to + (random() < NOISE.stayedOn ? 90 : 0);
  while (minute < until - 3) {
    const busy = minute < busyUntil;
    const length = busy ? between(3, 6) : between(3, 11);
    const begin = day + minute * MINUTE + between(0, 59_000);
    // The telephone system loses a call now and then, or logs it under the colleague who passed it on.
    if (random() > 0.003 + NOISE.passedOn)
      month.calls.push({
        actor,
        from: new Date(begin).toISOString(),
        to: new Date(begin + length * MINUTE).toISOString(),
      });
    call(month, actor, begin, length * MINUTE);
    minute += length + (busy ? between(0, 1) : between(4, 30));
  }
}

/** One call. Often the caller is not ready yet, sometimes mishears a digit, sometimes can't sign in. */
function call(month: Month, actor: string, begin: number, length: number): void {
  const { random, between, newId } = month;
  const callId = newId();
  const fields = { callId };
  const at = (part: number) => begin + Math.floor(length * part);
  if (random() < 0.2) {
    month.add(at(0.05), actor, { ...fields, action: 'locate', result: 'denied', reason: 'cannot-continue' });
    if (random() < 0.5) return;
  }
  if (random() < 0.06) {
    callBack(month, actor, at(1), callId);
    return;
  }
  for (let n = random() < 0.05 ? 2 : 1; n > 0; n -= 1) {
    const onBehalfOf = month.person();
    const grant = { ...fields, grantId: newId(), onBehalfOf, consent: 'code' } as const;
    month.add(at(0.15), actor, { ...grant, consent: null, action: 'locate' });
    for (let wrong = random(); wrong < 0.06; wrong += 0.04)
      month.add(at(0.2), actor, { ...grant, action: 'verify-code', result: 'denied', reason: 'wrong' });
    month.add(at(0.3), actor, { ...grant, action: 'verify-code' });
    month.add(at(0.35), actor, { ...grant, action: 'view-cases', ground: 'consent-by-code' });
    for (let view = between(1, 2); view > 0; view -= 1)
      month.add(at(0.4 + view / 5), actor, { ...grant, action: 'view-case', ground: 'consent-by-code' });
    if (random() < 0.7) month.add(at(1), actor, { ...fields, action: 'end-view', grantId: grant.grantId });
  }
}

/** A call back with three facts asked. Usually a colleague at work reads and approves it. */
function callBack(month: Month, actor: string, after: number, callId: string): void {
  const { random, between, newId } = month;
  const objectRef = newId();
  const at = after + between(2, 25) * MINUTE;
  if (random() > NOISE.calledBackUnseen)
    month.calls.push({
      actor,
      from: new Date(at - MINUTE).toISOString(),
      to: new Date(at + 8 * MINUTE).toISOString(),
    });
  const approver = month.pick(month.staff.filter(({ id }) => id !== actor)).id;
  const fields = { callId, consent: 'alt', ground: 'second-approval', objectRef, objectType: 'request' } as const;
  month.add(at, actor, { ...fields, action: 'ask-approval' });
  const read = random() < 0.08 ? between(6, 14) : between(16, 150);
  const yes = random() < 0.9;
  month.add(at + read * 1_000, approver, { ...fields, action: yes ? 'approve-view' : 'refuse-view' });
  if (!yes) return;
  const seen = { ...fields, grantId: newId(), onBehalfOf: month.person(), secondApprover: approver };
  month.add(at + (read + 5) * 1_000, actor, { ...seen, action: 'view-case', objectType: 'case' });
}

function emergencies(month: Month): void {
  for (let n = month.between(2, 5); n > 0; n -= 1) {
    const day = month.pick(month.days);
    const able = month.staff.filter(({ hours }) => worksOn(month, hours, day));
    const { id, hours } = month.pick(able);
    const at = day + month.between(hours.from, hours.to - 15) * MINUTE;
    const fields = { objectRef: month.newId(), objectType: 'request', consent: 'glass', ground: 'emergency' } as const;
    month.calls.push({ actor: id, from: new Date(at).toISOString(), to: new Date(at + 12 * MINUTE).toISOString() });
    month.add(at, id, { ...fields, action: 'break-glass' });
    if (month.random() < 0.3) month.add(at, id, { ...fields, action: 'safety-hold' });
    const second = month.pick(able.filter((each) => each.id !== id)).id;
    month.add(at + month.between(1, 14) * MINUTE, second, { ...fields, action: 'confirm-emergency' });
    month.add(at + 5_000, id, { ...fields, action: 'view-case', grantId: month.newId(), onBehalfOf: month.person() });
  }
}

function advisorDay(month: Month, actor: string, day: number): void {
  const { between, add } = month;
  const role = { actorRole: 'advisor', actorUnit: `office ${actor}`, ground: 'mandate', purpose: null } as const;
  const when = () => day + between(7 * 60, 20 * 60) * MINUTE;
  for (let n = between(3, 40); n > 0; n -= 1) add(when(), actor, { ...role, action: 'list-clients' });
  for (let n = between(0, 2); n > 0; n -= 1) add(when(), actor, { ...role, action: 'export-deadlines' });
  for (let hour = 0; hour < 24; hour += 4)
    add(day + hour * 60 * MINUTE, actor, { ...role, action: 'export-deadlines', purpose: CALENDAR_FEED });
  const morning = day + between(8 * 60, 10 * 60) * MINUTE;
  for (let n = between(2, 15); n > 0; n -= 1)
    add(morning + n * between(40_000, 200_000), actor, {
      ...role,
      action: 'view-case',
      grantId: `mandate ${actor} ${n}`,
      onBehalfOf: `client ${actor} ${between(0, 200)}`,
    });
}
