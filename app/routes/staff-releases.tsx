import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { planFrom, releasesView } from '~/appointment/release-plan.server';
import { Releases } from '~/appointment/release-plan-page';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { requireSignedIn } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  await requireSignedIn(request, 'staff');
  const language = languageOfPage(request);
  const saved = new URL(request.url).searchParams.has('saved');
  return { title: translatorOf(language)('appointment:release.title'), view: await releasesView(language), saved };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireSignedIn(request, 'staff');
  if (!(await planFrom(await request.formData(), actor))) return data({ wrong: true }, { status: 400 });
  return redirect(`/${languageOfPage(request)}/staff/releases?saved`);
}

export default function StaffReleases() {
  const { view, saved } = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>()?.wrong ?? false;
  return <Releases view={view} answer={wrong ? 'wrong' : saved ? 'saved' : null} />;
}
