import { config } from '~/config/config.server';
import type { ActionFunctionArgs } from '~/framework/node.server';
import { takeCallback } from '~/notification/delivered.server';
import { isFromHolder } from '~/platform/bearer.server';
import { errorName, log } from '~/platform/log.server';

const answer = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  new Response(null, { status, headers: { 'cache-control': 'no-store', ...headers } });

export const loader = () => answer(405, { allow: 'POST' });

/** NotifyNL or GOV.UK Notify tells what became of a mail. It repeats what is not answered with 2xx. */
export async function action({ request }: Pick<ActionFunctionArgs, 'request'>) {
  const { NOTIFY_TOKEN } = config();
  if (NOTIFY_TOKEN === undefined) return answer(404);
  if (!isFromHolder(request.headers.get('authorization'), NOTIFY_TOKEN)) return answer(403);
  try {
    return answer((await takeCallback(await request.text())) === null ? 400 : 204);
  } catch (error) {
    log('callback-failed', { error: errorName(error) }, 'warn');
    return answer(503, { 'retry-after': '10' });
  }
}
