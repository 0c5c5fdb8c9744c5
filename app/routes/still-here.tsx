import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { sessionEndOf } from '~/identity/session-end.server';

/** "Stay signed in" without scripts: in a new window, so that a form in the first one keeps its input. */
export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const end = await sessionEndOf(request, language);
  if (!end) throw redirect(`/${language}/sign-in?reason=expired`);
  return { title: translatorOf(language)('common:session.still'), until: end.at };
}

export function action({ request }: ActionFunctionArgs) {
  return redirect(`/${languageOfPage(request)}/still-here`);
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
