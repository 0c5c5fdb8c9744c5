import { noteAct } from '~/audit/noted-act.server';
import { type ActionFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { actorOf } from '~/identity/asker.server';
import { noSessionCookie } from '~/identity/cookies.server';
import { providerSignOut } from '~/identity/openid.server';
import { refreshTo } from '~/identity/refresh-to.server';
import { endSession } from '~/identity/session.server';
import { alarm, errorName } from '~/platform/log.server';

/** Signing out is a POST; a GET shows the page with the button. */
export const loader = ({ request }: ActionFunctionArgs) => redirect(`/${languageOfPage(request)}`);

/** Ends the session here first, then the provider's. */
export async function action({ request }: ActionFunctionArgs) {
  const language = languageOfPage(request);
  // Without the database the browser forgets the session all the same, and the session ends by its own limits.
  const signedIn = await endSession(request).catch((error: unknown) => {
    alarm('session-not-ended', { error: errorName(error) });
    return null;
  });
  if (signedIn) noteAct(actorOf(signedIn), { action: 'sign-out', objectType: 'session' });
  const elsewhere = signedIn && (await providerSignOut(signedIn.token, language, signedIn.way));
  if (elsewhere) return refreshTo(elsewhere, [noSessionCookie]);
  return redirect(`/${language}/signed-out`, {
    headers: { 'set-cookie': noSessionCookie, 'clear-site-data': '"storage"' },
  });
}
