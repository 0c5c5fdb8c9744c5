import { type ActionFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { noSessionCookie } from '~/identity/cookies.server';
import { providerSignOut } from '~/identity/openid.server';
import { endSession } from '~/identity/session.server';

/** Signing out is a POST; a GET shows the page with the button. */
export const loader = ({ request }: ActionFunctionArgs) => redirect(`/${languageOfPage(request)}`);

/** Ends the session here first, then the provider's. */
export async function action({ request }: ActionFunctionArgs) {
  const language = languageOfPage(request);
  const signedIn = await endSession(request);
  const elsewhere = signedIn && (await providerSignOut(signedIn.idToken, language));
  return redirect(elsewhere ?? `/${language}/signed-out`, {
    headers: { 'set-cookie': noSessionCookie, 'clear-site-data': '"storage"' },
  });
}
