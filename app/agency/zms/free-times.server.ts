import type { ZmsSettings } from '~/config/planners.server';
import { type DateRange, isWithin, type Slot } from '~/model/appointment';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { slotAtInstant } from '~/model/slot-time';
import { today } from '~/platform/clock.server';
import { onceEach } from '../field-values.server';
import type { Answer, Gate } from '../gate.server';
import { asOfNow, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import type { Offer } from './catalogue';
import { type Challenge, needsChallenge } from './challenge.server';
import { codesIn } from './refusal';
import { type Calendar, calendarSchema } from './schema.server';

interface Wanted {
  readonly serviceId: string;
  /** All offices that take the party: one request asks for all of them. */
  readonly at: readonly Offer[];
  readonly count: number;
}

/** What one request tells. */
interface CalendarAnswer {
  /** Free slots by office, ascending. */
  readonly at: ReadonlyMap<string, readonly Slot[]>;
  /** Days that are open, of which the answer gives no times: ISO date → the open offices, empty where it does not say. */
  readonly open: ReadonlyMap<string, readonly string[]>;
  /** Whether a part of the answer can't be read. */
  readonly gap: boolean;
  /** Offices that were not asked, because their challenge was not met. */
  readonly silent: ReadonlySet<string>;
}

/** The nearest days are refreshed most often. */
const NEAR_DAYS = 2;
const FAR_TIMES_LONGER = 6;

/**
 * The free slots of all offices of a service. Since 2026 the API gives the times of the first open day only and names
 * the other open days, so these are requested one by one, at most `daysAtOnce`. It limits calls by client address, and
 * the portal has one address: so every request is for all offices and is shared by all visitors.
 */
export function zmsFreeTimes(settings: ZmsSettings, gate: Gate, freshMs: number, challenge: Challenge) {
  const rules = { freshMs, keptMs: 0, failedMs: PLANNER_FAILED_MS, partly: true } as const;
  const seldom = { ...rules, freshMs: freshMs * FAR_TIMES_LONGER };
  const whole = shareAnswers<CalendarAnswer>(rules);
  const near = shareAnswers<CalendarAnswer>(rules);
  const far = shareAnswers<CalendarAnswer>(seldom);
  const { headers, zone, daysAhead, daysAtOnce } = settings;

  async function ask(wanted: Wanted, from: string, until: string): Promise<Loaded<CalendarAnswer>> {
    const wary = wanted.at.filter(({ office }) => needsChallenge(office));
    const answer =
      wary.length > 0
        ? await challenge.answered((token) => request(wanted, from, until, token))
        : await request(wanted, from, until);
    if (answer) return foundIn(wanted, answer);
    // Without a token the other offices still answer.
    const at = wanted.at.filter((offer) => !wary.includes(offer));
    if (at.length === 0) return unavailable('refused');
    return foundIn(wanted, await request({ ...wanted, at }, from, until), new Set(wary.map(({ desk }) => desk.key)));
  }

  function request({ serviceId, at, count }: Wanted, from: string, until: string, captchaToken?: string) {
    const query = new URLSearchParams({
      startDate: from,
      endDate: until,
      officeIds: at.map(({ office }) => office.id).join(','),
      serviceIds: serviceId,
      serviceCounts: String(count),
      ...(captchaToken === undefined ? {} : { captchaToken }),
    });
    return gate.ask({ path: `/available-calendar/?${query}`, headers, schema: calendarSchema });
  }

  function foundIn({ at, count }: Wanted, answer: Answer<Calendar>, silent: ReadonlySet<string> = new Set()) {
    // The API sends an error for "none".
    const none = codesIn(answer).some((code) => code.startsWith('noAppointment'));
    if (!answer.ok && !none) return unavailable(answer.why);
    const calendar = answer.ok ? answer.value : null;
    const slotsAt = ({ desk, minutes }: Offer) =>
      onceEach(calendar ? startsAt(calendar, desk.key) : [], String).flatMap(
        (start) => slotAtInstant({ key: String(start), desk, zone }, start, minutes * count) ?? [],
      );
    const found: CalendarAnswer = {
      at: new Map(at.map((offer) => [offer.desk.key, slotsAt(offer)])),
      open: calendar ? openIn(calendar) : new Map(),
      gap: calendar !== null && hasGap(calendar),
      silent,
    };
    return fresh(found, asOfNow());
  }

  async function slotsOf(wanted: Wanted, { desk }: Offer, range: DateRange | undefined): Promise<Loaded<Slot[]>> {
    const from = today(zone);
    const key = `${wanted.serviceId}/${wanted.count}`;
    const span = await whole.ask(key, () => ask(wanted, from.toString(), from.add({ days: daysAhead - 1 }).toString()));
    if (span.state === 'unavailable') return span;
    if (span.value.silent.has(desk.key)) return unavailable('refused');
    const open = [...span.value.open.keys()].sort();
    const days = open.filter((date) => {
      const offices = span.value.open.get(date) ?? [];
      return isWithin(date, range) && (offices.length === 0 || offices.includes(desk.key));
    });
    const answers = await Promise.all(
      days.slice(0, daysAtOnce).map(async (date) => {
        const cache = open.indexOf(date) < NEAR_DAYS ? near : far;
        return { date, loaded: await cache.ask(`${key}/${date}`, () => ask(wanted, date, date)) };
      }),
    );
    const founds = [
      span.value,
      ...answers.flatMap(({ loaded }) => (loaded.state === 'unavailable' ? [] : loaded.value)),
    ];
    const slots = founds.flatMap(({ at }) => at.get(desk.key) ?? []);
    const missing = [
      ...answers.flatMap(({ date, loaded }) => (loaded.state === 'unavailable' ? [date] : [])),
      // Without a range nobody asked for all days.
      ...(range ? days.slice(daysAtOnce) : []),
      ...(founds.some(({ gap }) => gap) ? [desk.name] : []),
    ];
    const value = onceEach(slots, (slot) => slot.key).filter(({ date }) => isWithin(date, range));
    return missing.length > 0 ? { state: 'partial', value, asOf: span.asOf, missing } : { ...span, value };
  }

  function forget(): void {
    for (const cache of [whole, near, far]) cache.forget(() => true);
  }

  return { slotsOf, forget };
}

/** The starts of an office's free slots, in epoch seconds. */
const startsAt = ({ availableDays }: Calendar, office: string): number[] =>
  availableDays.rows.flatMap(({ offices }) =>
    offices.rows.flatMap(({ officeId, appointments }) => (officeId === office ? appointments.rows : [])),
  );

function openIn({ availableDays, nextBookableDate }: Calendar): Map<string, readonly string[]> {
  const timeless = availableDays.rows.filter(({ offices }) =>
    offices.rows.every(({ appointments }) => appointments.rows.length + appointments.unreadable === 0),
  );
  const days = timeless.flatMap(({ date, providerIDs, offices }) => {
    const named = (providerIDs ?? '').split(',').filter(Boolean);
    const open = named.length > 0 ? named : offices.rows.map(({ officeId }) => officeId);
    const day = dateIn(date);
    return day && open.length > 0 ? [[day, open] as const] : [];
  });
  const next = dateIn(nextBookableDate);
  const open = new Map<string, readonly string[]>(days);
  if (next !== null && !open.has(next)) open.set(next, []);
  return open;
}

const dateIn = (text: string | null): string | null => /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null;

const hasGap = ({ availableDays }: Calendar): boolean =>
  availableDays.unreadable > 0 ||
  availableDays.rows.some(
    ({ offices }) => offices.unreadable > 0 || offices.rows.some(({ appointments }) => appointments.unreadable > 0),
  );
