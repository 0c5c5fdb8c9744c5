import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { desksIn } from '~/appointment/form-fields.server';
import { DESK_BUDGET, freeSlots } from '~/appointment/free-times.server';
import { checkDesks } from '~/appointment/known-desks.server';
import { dropReservedSlots } from '~/appointment/reserved-slots.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { type Formats, formatsOf } from '~/i18n/format.server';
import type { Translate } from '~/i18n/keys';
import { isProduct, PRODUCTS } from '~/model/appointment';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import { addDays, instantOf } from '~/model/time';
import { typedDate } from '~/model/typed-text';
import type { Actor } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import { momentWords } from '~/platform/moment-words.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import {
  confirmRelease,
  isReserved,
  type LogRelease,
  lastReleases,
  peopleWaiting,
  prepareRelease,
  type Release,
  readRelease,
  type Ticket,
  ticketsOf,
  undoRelease,
} from '~/store/draw.server';
import { employeeNumber } from '~/store/employee.server';
import { mailTicket } from './ticket-mail.server';

/** @param actor who sees them: their own draw is for another employee to confirm */
export async function releasesView({ id: actor }: Pick<Actor, 'id'>, language: Language) {
  const me = actorPseudonym(actor);
  const desks = await allDesks();
  const formats = formatsOf(language);
  const lines = (await lastReleases(20)).map(async (release) => {
    const isFuture = Temporal.Instant.compare(release.opensAt, now()) > 0;
    const isPrepared = release.state === 'prepared';
    const tickets = await ticketsOf(release.id);
    const names = release.desks.map((key) => desks.find((desk) => desk.key === key)?.name ?? key);
    return {
      id: release.id,
      product: isProduct(release.product) ? release.product : ('BIO' as const),
      desks: names.length > 0 ? formats.list(names) : null,
      days: `${formats.date(release.fromDate)} – ${formats.date(release.untilDate)}`,
      opens: momentWords(release.opensAt, language),
      state: release.state,
      tickets: formats.number(tickets.length),
      booked: formats.number(tickets.filter(({ state }) => state === 'booked').length),
      seedHash: release.seedHash,
      preparedBy: release.preparedBy && (await employeeNumber(release.preparedBy)),
      confirmedBy: release.confirmedBy && (await employeeNumber(release.confirmedBy)),
      undoneBy: release.undoneBy && (await employeeNumber(release.undoneBy)),
      mayConfirm: isPrepared && isFuture && release.preparedBy !== me,
      mayUndo: isPrepared || release.state === 'planned',
      /** What confirming or undoing it does; null when neither is possible. */
      effect: isPrepared || release.state === 'planned' ? await effectOf(release, tickets, formats) : null,
      /** Where the drawn order is published; null before the draw. */
      check: release.seedShown === null ? null : `/${language}/draws/${release.id}`,
    };
  });
  return {
    products: PRODUCTS,
    desks,
    today: agencyDay(),
    planned: await Promise.all(lines),
  };
}

export type ReleasesView = Awaited<ReturnType<typeof releasesView>>;
export type ReleaseLine = ReleasesView['planned'][number];

/** How many free times a draw keeps from others, who waits for them, and whom an undo would be news to. */
async function effectOf(release: Release, tickets: readonly Ticket[], formats: Formats) {
  const { product, desks: chosen, fromDate: from, untilDate: until } = release;
  const known = isProduct(product) ? await within(DESK_BUDGET, () => plannerOfAgency().desksOf(product)) : null;
  const desks = known && knownValue(known)?.filter(({ key }) => chosen.length === 0 || chosen.includes(key));
  const found =
    desks && isProduct(product) ? await freeSlots(product, desks, { persons: 1, drawn: 'all' }, { from, until }) : null;
  const kept = found?.why === null ? found.slots.filter((slot) => isReserved(slot, [release])).length : null;
  return {
    times: kept === null ? null : formats.number(kept),
    people: formats.number(await peopleWaiting(release)),
    told: formats.number(tickets.filter(({ state }) => state === 'waiting').length),
  };
}

async function allDesks() {
  const answers = await Promise.all(PRODUCTS.map((product) => plannerOfAgency().desksOf(product)));
  const byKey = new Map(answers.flatMap((answer) => knownValue(answer) ?? []).map(({ key, name }) => [key, name]));
  return [...byKey].map(([key, name]) => ({ key, name }));
}

/** The form as it was sent, and its errors: field name → what to do. */
export interface PlanFilledIn {
  readonly values: Readonly<Partial<Record<PlanField, string>>>;
  readonly desks: readonly string[];
  readonly errors: Readonly<Partial<Record<PlanField | 'desk', string>>>;
}

export const PLAN_FIELDS = ['product', 'from', 'until', 'day', 'time', 'confirmHours'] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];

const planSchema = z.object({
  product: z.string().refine(isProduct),
  from: z.iso.date(),
  until: z.iso.date(),
  day: z.iso.date(),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  confirmHours: z.coerce.number().int().min(1).max(72),
});

/** Times may be kept for a draw until so many days from today. */
const MOST_DAYS = 92;

/**
 * Prepares a draw from the page's form and adds it to the audit log. Wall times are in the agency's zone.
 * @returns null when prepared, else the form with its errors
 */
export async function planFrom(form: FormData, actor: Actor, t: Translate): Promise<PlanFilledIn | null> {
  const values = Object.fromEntries(
    PLAN_FIELDS.map((field) => [field, typedValue(field, String(form.get(field) ?? '').trim())]),
  );
  const desks = desksIn(form);
  const parsed = planSchema.safeParse(values);
  if (!parsed.success) {
    const wrong = new Set(parsed.error.issues.map(({ path: [field] }) => field));
    const lines = PLAN_FIELDS.filter((field) => wrong.has(field)).map((field) => {
      const name = t(`appointment:release.${field}`);
      return [
        field,
        t(field === 'confirmHours' ? 'appointment:release.badHours' : 'appointment:release.fill', { name }),
      ];
    });
    return { values, desks, errors: Object.fromEntries(lines) };
  }
  const { product, from, until, day, time, confirmHours } = parsed.data;
  const opensAt = instantOf(day, time, config().AGENCY_ZONE);
  const errors: Partial<Record<PlanField | 'desk', string>> = {};
  if (!opensAt || Temporal.Instant.compare(opensAt, now()) <= 0) errors.day = t('appointment:release.inPast');
  if (from < day) errors.from = t('appointment:release.tooEarly');
  if (until < from) errors.until = t('appointment:release.wrongOrder');
  if (until > addDays(agencyDay(), MOST_DAYS))
    errors.until = t('appointment:release.tooLong', { days: String(MOST_DAYS) });
  const { answer } = await checkDesks(product, desks);
  if (answer !== 'known') errors.desk = t(`appointment:release.desk-${answer}`);
  if (!opensAt || Object.keys(errors).length > 0) return { values, desks, errors };
  const wanted = { product, desks, fromDate: from, untilDate: until, opensAt, confirmHours };
  await addAuditEntry(actor, { action: 'plan-draw', objectType: 'release', reason: null, shown: wanted });
  await prepareRelease(wanted, actorPseudonym(actor.id), now());
  return null;
}

/**
 * Confirms or undoes a draw, and adds that to the audit log. People with a ticket are told of an undo.
 * @returns `cannot` when another employee must do it, or it is too late; `drawn` when people have their result already
 */
export async function changeRelease(
  form: FormData,
  actor: Actor,
): Promise<'confirmed' | 'undone' | 'cannot' | 'drawn'> {
  const parsed = changeSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return 'cannot';
  const { release, do: wanted } = parsed.data;
  const me = actorPseudonym(actor.id);
  const log =
    (action: 'confirm-draw' | 'undo-draw'): LogRelease =>
    async ({ product, desks, fromDate, untilDate, opensAt, confirmHours, state }, transaction) => {
      const shown = { product, desks, fromDate, untilDate, opensAt, confirmHours, state };
      await addAuditEntry(actor, { action, objectType: 'release', objectRef: release, shown }, transaction);
    };
  if (wanted === 'confirm') {
    const isDone = await confirmRelease(release, me, now(), log('confirm-draw'));
    dropReservedSlots();
    return isDone ? 'confirmed' : 'cannot';
  }
  const ended = await undoRelease(release, me, log('undo-draw'));
  dropReservedSlots();
  for (const ticket of ended ?? []) await mailTicket(ticket, 'draw-lost');
  if (ended) return 'undone';
  const { state } = (await readRelease(release)) ?? {};
  return state === 'drawn' || state === 'over' ? 'drawn' : 'cannot';
}

/** A date or time in one of the ways of writing it; the text itself when it is none. */
const typedValue = (field: PlanField, text: string): string =>
  field === 'time' ? text.replace('.', ':').padStart(5, '0') : (typedDate(text) ?? text);

const changeSchema = z.object({ release: z.uuid(), do: z.enum(['confirm', 'undo']) });
