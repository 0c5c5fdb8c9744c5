import { config } from '~/config/config.server';
import { type ActionFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { noSessionCookie } from '~/identity/cookies.server';
import { refreshTo } from '~/identity/refresh-to.server';
import { endSession } from '~/identity/session.server';
import { alarm, errorName } from '~/platform/log.server';

/** Leaving is a POST, as signing out is. */
export const loader = ({ request }: ActionFunctionArgs) => redirect(`/${languageOfPage(request)}`);

/** Ends the session and leads to a harmless page. */
export async function action({ request }: ActionFunctionArgs) {
  await endSession(request).catch((error: unknown) => alarm('session-not-ended', { error: errorName(error) }));
  return refreshTo(config().QUICK_EXIT_URL, [noSessionCookie]);
}
