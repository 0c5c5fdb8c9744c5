import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { sessionOf, toSignIn } from '~/identity/session.server';
import { sessionEndOf } from '~/identity/session-end.server';

/** "Stay signed in" without scripts: in a new window, so that a form in the first one keeps its input. */
export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const end = await sessionEndOf(request, language);
  if (!end) throw redirect(`/${language}/sign-in?reason=expired`);
  return { title: translatorOf(language)('common:session.still'), until: end.at };
}

/** With `of`, the address of a page, its form is kept when the session has ended; answers the sign-in page's address. */
export async function action({ request }: ActionFunctionArgs) {
  const here = redirect(`/${languageOfPage(request)}/still-here`);
  const page = new URL(request.url).searchParams.get('of');
  if (page === null || (await sessionOf(request))) return here;
  const signIn = await toSignIn(request, page);
  return new Response(signIn.headers.get('location'), { headers: { 'cache-control': 'no-store' } });
}

export default function StillHere() {
  const { title, until } = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <>
      <h1>{title}</h1>
      <p>{t('common:session.stillUntil', { time: until })}</p>
    </>
  );
}
