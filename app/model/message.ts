import { Temporal } from 'temporal-polyfill';
import type { Topic } from './message-topic';
import { dateIn } from './time';
import { isQuiet } from './watch';

/**
 * Kinds of news, all that there are. `receipt`: the person did something, and has it in writing. `in-treatment`: the case
 * reached another stage in which the agency works on it. `looked`: somebody else looked at the person's data.
 */
export const KINDS = [
  ...(['receipt', 'received', 'in-treatment', 'wait-moved', 'term-passed'] as const),
  ...(['asked-papers', 'asked-fee', 'asked-reply', 'asked-visit', 'deadline-7', 'deadline-2'] as const),
  ...(['invited', 'visit-tomorrow', 'visit-soon', 'visit-changed'] as const),
  ...(['decision', 'document-ready', 'mandate-asked', 'looked'] as const),
] as const;
export type Kind = (typeof KINDS)[number];

const TOPIC: Readonly<Record<Kind, Topic | null>> = {
  // By law, whatever the person chose.
  receipt: null,
  received: 'progress',
  'in-treatment': 'progress',
  'wait-moved': 'progress',
  'term-passed': 'progress',
  'asked-papers': 'tasks',
  'asked-fee': 'tasks',
  'asked-reply': 'tasks',
  'asked-visit': 'tasks',
  'deadline-7': 'tasks',
  'deadline-2': 'tasks',
  invited: 'visits',
  'visit-tomorrow': 'visits',
  'visit-soon': 'visits',
  'visit-changed': 'visits',
  decision: 'decision',
  'document-ready': 'decision',
  'mandate-asked': 'access',
  looked: 'access',
};

const topicOf = (kind: Kind): Topic | null => TOPIC[kind];

/** Kinds whose person loses something if they do not know it in time. */
export const isUrgent = (kind: Kind): boolean =>
  kind === 'decision' || topicOf(kind) === 'tasks' || topicOf(kind) === 'visits';

/** Order in the outbox, the smallest first: employees' reports, codes and offers, what has a deadline, news. */
export const PRIORITY = { report: 0, offer: 1, urgent: 2, news: 3 } as const;

export const priorityOf = (kinds: readonly Kind[]): number =>
  kinds.includes('receipt') || kinds.includes('visit-soon')
    ? PRIORITY.offer
    : kinds.some(isUrgent)
      ? PRIORITY.urgent
      : PRIORITY.news;

/** What the agency decides about messages. */
export interface MessageRules {
  /** Kinds that it does not send. */
  readonly off: readonly Kind[];
  /** News of so many minutes is one message. */
  readonly mergeMinutes: number;
  /** Hours without messages, unless the person chooses others: wall times (HH:mm) in the person's zone. */
  readonly quiet: { readonly from: string; readonly until: string };
  /** The most messages of a kind a day. */
  readonly aDay: number;
}

export const DEFAULT_MESSAGE_RULES: MessageRules = {
  off: [],
  mergeMinutes: 10,
  quiet: { from: '21:00', until: '08:00' },
  aDay: 1,
};

/** One piece of news. */
export interface Change {
  readonly kind: Kind;
  /** The same for the same news, however often it is found. Without personal data. */
  readonly event: string;
  /** What it is about, as the picture names it; null for the person's access. */
  readonly about: string | null;
  /** After this moment it is of no use. */
  readonly until?: Temporal.Instant;
}

export interface Wishes {
  readonly topics: readonly Topic[];
  readonly quietFrom: string;
  readonly quietUntil: string;
  /** IANA zone of the person. */
  readonly zone: string;
}

export interface Due extends Change {
  readonly sendAt: Temporal.Instant;
}

export interface Sending {
  readonly now: Temporal.Instant;
  readonly rules: MessageRules;
  readonly wishes: Wishes;
  /** How many of a kind left, or will leave, on a day of the person (ISO date). */
  readonly sentOn: (kind: Kind, day: string) => number;
}

/**
 * Which news is sent and when: what the agency and the person want, after the time in which more of it may come, outside of
 * quiet hours, and on a later day when that day has enough of its kind. What would come too late is left out.
 */
export function dueOf(changes: readonly Change[], sending: Sending): Due[] {
  const { rules, wishes, now } = sending;
  const planned = new Map<string, number>();
  return changes.flatMap((change) => {
    const topic = topicOf(change.kind);
    if (rules.off.includes(change.kind) || (topic !== null && !wishes.topics.includes(topic))) return [];
    if (change.kind === 'receipt') return [{ ...change, sendAt: now }];
    // A visit in two hours can't wait for more news, nor for another day.
    const isTimed = change.kind === 'visit-soon';
    let sendAt = loudFrom(isTimed ? now : now.add({ minutes: rules.mergeMinutes }), wishes);
    const countOn = (day: string) => sending.sentOn(change.kind, day) + (planned.get(`${change.kind} ${day}`) ?? 0);
    // News of one look is one message, so it counts once.
    const isPlanned = (day: string) => planned.has(`${change.kind} ${day}`);
    while (!isTimed && !isPlanned(dayOf(sendAt, wishes)) && countOn(dayOf(sendAt, wishes)) >= rules.aDay)
      sendAt = loudFrom(nextDay(sendAt, wishes), wishes);
    if (change.until && Temporal.Instant.compare(sendAt, change.until) >= 0) return [];
    planned.set(`${change.kind} ${dayOf(sendAt, wishes)}`, 1);
    return [{ ...change, sendAt }];
  });
}

/** Whether a message would come too late. */
export const isUseless = (until: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  until !== null && Temporal.Instant.compare(now, until) >= 0;

/** The person's day of a moment, ISO date. */
export const dayOf = (moment: Temporal.Instant, { zone }: Pick<Wishes, 'zone'>): string => dateIn(zone, moment);

/** The moment itself, or the end of the quiet hours in which it lies. */
export function loudFrom(moment: Temporal.Instant, { zone, quietFrom, quietUntil }: Omit<Wishes, 'topics'>) {
  const local = moment.toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  if (!isQuiet(time, quietFrom, quietUntil)) return moment;
  const end = local.withPlainTime(quietUntil);
  return (Temporal.ZonedDateTime.compare(end, local) > 0 ? end : end.add({ days: 1 })).toInstant();
}

const nextDay = (moment: Temporal.Instant, { zone }: Wishes): Temporal.Instant =>
  moment.toZonedDateTimeISO(zone).add({ days: 1 }).startOfDay().toInstant();
