import { config } from '~/config/config.server';
import { type ActionFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { noSessionCookie } from '~/identity/cookies.server';
import { endSession } from '~/identity/session.server';
import { alarm, errorName } from '~/platform/log.server';

/** Leaving is a POST, as signing out is. */
export const loader = ({ request }: ActionFunctionArgs) => redirect(`/${languageOfPage(request)}`);

/**
 * Ends the session and leads to a harmless page. By `Refresh`, since a form's redirect to another site would need that
 * site in the content security policy; browsers replace the page in the history.
 */
export async function action({ request }: ActionFunctionArgs) {
  await endSession(request).catch((error: unknown) => alarm('session-not-ended', { error: errorName(error) }));
  return new Response('<!doctype html><html lang="en"><title>.</title></html>', {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      refresh: `0; url=${config().QUICK_EXIT_URL}`,
      'set-cookie': noSessionCookie,
      'clear-site-data': '"storage"',
    },
  });
}
