import { takeNotification } from '~/case/case-change.server';
import { config } from '~/config/config.server';
import type { ActionFunctionArgs } from '~/framework/node.server';
import { isFromHolder } from '~/platform/bearer.server';
import { errorName, log } from '~/platform/log.server';
import { rates } from '~/platform/rate-limits.server';

const NOT_KEPT = { 'cache-control': 'no-store' };
/** Of the registry itself. Requests without the token are counted by network. */
const MOST = { name: 'notifications', seconds: 60, person: 6_000 };

const answer = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  new Response(null, { status, headers: { ...NOT_KEPT, ...headers } });

export const loader = () => answer(405, { allow: 'POST' });

/**
 * The registry tells that a case changed (Notificaties API). It retries what is not answered with 204, so a failing
 * database gets the message again. Open Notificaties registers only an address that answers 403 without a token.
 */
export async function action({ request }: Pick<ActionFunctionArgs, 'request'>) {
  const { NOTIFICATIONS_TOKEN } = config();
  if (NOTIFICATIONS_TOKEN === undefined) return answer(404);
  if (!isFromHolder(request.headers.get('authorization'), NOTIFICATIONS_TOKEN)) {
    log('notification', { outcome: 'refused' }, 'warn');
    return answer(403);
  }
  const wait = rates.count(MOST, 'person', 'registry');
  if (wait) return answer(429, { 'retry-after': String(wait) });
  try {
    const noted = await takeNotification(await request.text());
    log('notification', { outcome: noted ?? 'unreadable' });
    return answer(noted === null ? 400 : 204);
  } catch (error) {
    log('notification', { outcome: 'failed', error: errorName(error) }, 'warn');
    return answer(503, { 'retry-after': '10' });
  }
}
