import { planFrom, releasesView } from '~/appointment/draw/release-plan.server';
import { Releases } from '~/appointment/draw/release-plan-page';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { StaffPages } from '~/helpdesk/staff-pages';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { requireSignedIn } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const { staffRoles } = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const language = languageOfPage(request);
  const saved = new URL(request.url).searchParams.has('saved');
  return {
    title: translatorOf(language)('appointment:release.title'),
    pages: staffPages(staffRoles),
    view: await releasesView(language),
    saved,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const language = languageOfPage(request);
  const filledIn = await planFrom(await request.formData(), actor, translatorOf(language));
  return filledIn ? data(filledIn, { status: 422 }) : redirect(`/${language}/staff/releases?saved`);
}

export default function StaffReleases() {
  const { pages, view, saved } = useLoaderData<typeof loader>();
  const filledIn = useActionData<typeof action>() ?? null;
  return (
    <>
      <Releases view={view} filledIn={filledIn} saved={saved && !filledIn} />
      <StaffPages pages={pages} here="staff/releases" />
    </>
  );
}
