import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { within } from '~/agency/budget.server';
import { casesOf } from '~/agency/cases.server';
import { readPlannerTask } from '~/appointment/booking/planner-task.server';
import { config } from '~/config/config.server';
import { type CasePicture, changesBetween, nextPictureAt, type Picture } from '~/model/case-picture';
import type { Loaded } from '~/model/loaded';
import { dayOf, dueOf, type Kind } from '~/model/message';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { caseReference, changedCaseHash } from '~/platform/pseudonym.server';
import {
  claimLooks,
  finishLook,
  messagesOf,
  putOffLook,
  type Subscription,
  secretsOf,
  stopSubscription,
} from '~/store/message.server';
import { pictureNow } from './picture.server';

/** How long one person's cases may take, in milliseconds: nobody waits for them. */
const BUDGET = 10_000;
/** People at once. */
const AT_ONCE = 5;
/** Without news, a person's cases are asked for so often. */
const EVERY_MINUTES = 360;
/** Of the last messages, for the most of a kind a day. */
const MOST_COUNTED = 100;

/**
 * Looks for changes of the cases of people who get messages: at once where the registry told of one, else in turn. It asks
 * for no more people a round than MESSAGE_LOOKS allows; what is left stays due for the next round.
 */
export async function lookForChanges(signal: AbortSignal): Promise<void> {
  const { MESSAGE_LOOKS } = config();
  for (let count = 0; count < MESSAGE_LOOKS; count += AT_ONCE) {
    signal.throwIfAborted();
    const claimed = await claimLooks(now(), Math.min(AT_ONCE, MESSAGE_LOOKS - count));
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((one) => lookAfter(one)));
  }
}

async function lookAfter(subscription: Subscription): Promise<void> {
  try {
    if (!(await look(subscription))) await putOffLook(subscription, now());
  } catch (error) {
    log('look-failed', { error: errorName(error) }, 'warn');
    await putOffLook(subscription, now());
  }
}

/** False when the agency could not be asked. */
async function look(subscription: Subscription): Promise<boolean> {
  const secrets = secretsOf(subscription);
  const viewer = readPlannerTask(secrets?.viewer ?? null)?.viewer;
  if (!secrets || !viewer) return false;
  const cases: Loaded<OwnCase[]> = await within(BUDGET, () => casesOf(viewer));
  // One that can't be read now is not gone.
  if (cases.state !== 'fresh') return false;
  if (cases.value.length === 0) {
    await stopSubscription(subscription.id, 'gone', now());
    return true;
  }
  const before = readPicture(secrets.picture);
  const after = await pictureNow(viewer, cases.value, before);
  await finishLook(subscription, await lookedOf(subscription, viewer, cases.value, before, after), now());
  return true;
}

async function lookedOf(
  subscription: Subscription,
  viewer: Viewer,
  cases: readonly OwnCase[],
  before: Picture | null,
  after: Picture,
) {
  const { AGENCY_ZONE, AGENCY_DIR } = config();
  const rules = AGENCY_DIR.messages;
  const changes = changesBetween(before, after, AGENCY_ZONE);
  const sentOn = changes.length > 0 ? await countOf(subscription) : () => 0;
  const due = dueOf(changes, { now: Temporal.Instant.from(after.at), rules, wishes: subscription, sentOn });
  return {
    picture: JSON.stringify(after),
    caseHashes: cases.map(({ id }) => changedCaseHash(id)),
    nextAt: nextPictureAt(after, EVERY_MINUTES),
    due: due.map((news) => ({ ...news, target: targetOf(news.kind, news.about, after, before) })),
    mergeMinutes: rules.mergeMinutes,
  };

  function targetOf(kind: Kind, about: string | null, now: Picture, was: Picture | null): string {
    if (kind === 'mandate-asked') return '/mandates';
    if (kind === 'looked') return '/who-looked';
    const visit = about === null ? null : (now.cases[about]?.visit ?? was?.cases[about]?.visit);
    if (visit && kind.startsWith('visit-')) return `/bookings/${visit.id}`;
    const theCase = cases.find((one) => caseReference(viewer, one) === about);
    return theCase ? `/cases/${about}` : '/cases';
  }
}

/** How many messages with a kind leave on a day of the person. */
async function countOf(subscription: Subscription): Promise<(kind: Kind, day: string) => number> {
  const sent = await messagesOf(subscription.id, MOST_COUNTED);
  const left = sent.filter(({ state }) => state !== 'dropped');
  return (kind, day) =>
    left.filter(({ kinds, sendAt }) => kinds.includes(kind) && dayOf(sendAt, subscription) === day).length;
}

const caseSchema = z.object({
  task: z.enum(['papers', 'fee', 'reply', 'visit', 'collect', 'invitation']).nullable(),
  until: z.string().nullable(),
  invited: z.string().nullable(),
  works: z.string().nullable(),
  isDecided: z.boolean(),
  isLate: z.boolean(),
  isOver: z.boolean(),
  wait: z.object({ low: z.string(), high: z.string(), awaySince: z.string().nullable() }).nullable(),
  visit: z
    .object({
      id: z.string(),
      startsAt: z.string(),
      zone: z.string(),
      place: z.string(),
      changedBy: z.enum(['desk', 'person']),
      isCancelled: z.boolean(),
    })
    .nullable(),
}) satisfies z.ZodType<CasePicture>;
const pictureSchema = z.object({
  at: z.string(),
  cases: z.record(z.string(), caseSchema),
  asked: z.array(z.string()),
  looked: z.string().nullable(),
});

/** Null for none, and for one of another version: the person is then told only what comes after. */
function readPicture(text: string | null): Picture | null {
  return text === null ? null : (pictureSchema.safeParse(JSON.parse(text)).data ?? null);
}
