import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { languageOfRequest } from '~/i18n/request-language.server';
import { stopByLink } from '~/message/settings.server';

/** The link of a mail has no language: its reader's own is chosen. */
export function loader({ request, params }: LoaderFunctionArgs) {
  const token = encodeURIComponent(params.token ?? '');
  const headers = { vary: 'Accept-Language, Cookie' };
  return redirect(`/${languageOfRequest(request)}/stop-messages/${token}`, { headers });
}

/** A mail program's own button (RFC 8058): it stops at once and says nothing of whose messages they were. */
export async function action({ params }: ActionFunctionArgs) {
  return new Response(null, { status: (await stopByLink(params.token ?? '')) ? 200 : 404 });
}
