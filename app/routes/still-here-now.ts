import type { ActionFunctionArgs, LoaderFunctionArgs } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { sessionOf, toSignIn } from '~/identity/session.server';
import { sessionEndOf } from '~/identity/session-end.server';
import { safeReturn } from '~/identity/way-back.server';

const NO_STORE = { headers: { 'cache-control': 'no-store' } };

/** How long the session lasts, for an open page. Asking does not extend it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const end = await sessionEndOf(request, languageOfPage(request));
  return Response.json(end ?? { seconds: 0, at: '', final: true }, NO_STORE);
}

/**
 * An open page whose session has ended sends what its form holds, with its own address in `of`. Answers the address of
 * the sign-in page that says so; empty when the session goes on.
 */
export async function action({ request }: ActionFunctionArgs) {
  if (await sessionOf(request)) return new Response('', NO_STORE);
  const page = safeReturn(new URL(request.url).searchParams.get('of'), languageOfPage(request));
  const signIn = await toSignIn(request, page);
  return new Response(signIn.headers.get('location'), NO_STORE);
}
