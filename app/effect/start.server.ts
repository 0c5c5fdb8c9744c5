import { hasQueue } from '~/agency/queue.server';
import { contactView } from '~/contact/contact-view.server';
import { switchesView } from '~/estimate/switch-view.server';
import { staffPages } from '~/helpdesk/staff-pages.server';
import type { Professional } from '~/identity/session.server';
import { now } from '~/platform/clock.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { codeLocks } from '~/store/code-lock.server';
import { lastReleases } from '~/store/draw.server';
import { requestsFor } from '~/store/view-request.server';
import { reasonsOfWeek } from './insight.server';

/** What an employee's start page counts: more says nothing more. */
const MOST = 20;

/**
 * An employee's start: what waits for their roles, the lines now and today, and why people called this week. Requests are only
 * counted: reading one needs an entry in the audit log.
 */
export async function startView(employee: Professional) {
  const { actor, language, staffRoles } = employee;
  const pages = staffPages(staffRoles);
  const me = actorPseudonym(actor.id);
  const counters = {
    'helpdesk/requests': async () => (await requestsFor(me, 0, MOST)).length,
    'staff/wait': async () =>
      (await switchesView(actor, language)).procedures.filter(({ waiting }) => waiting?.mayConfirm).length,
    'staff/releases': async () =>
      (await lastReleases(MOST)).filter(
        ({ state, preparedBy, opensAt }) =>
          state === 'prepared' && preparedBy !== me && opensAt.epochMilliseconds > now().epochMilliseconds,
      ).length,
    'staff/locked': async () => (await codeLocks()).length,
  } as const;
  const counted = Object.keys(counters) as (keyof typeof counters)[];
  const [waiting, contact, reasons] = await Promise.all([
    Promise.all(
      counted.filter((page) => pages.includes(page)).map(async (page) => ({ page, count: await counters[page]() })),
    ),
    hasQueue() ? contactView(language) : null,
    pages.includes('helpdesk/insight') ? reasonsOfWeek(language) : [],
  ]);
  return { pages, waiting, contact, reasons };
}
