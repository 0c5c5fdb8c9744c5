import { changeRelease, planFrom, releasesView } from '~/appointment/draw/release-plan.server';
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
  const { id, staffRoles } = await requireSignedIn(request, 'staff');
  if (!staffPages(staffRoles).includes('staff/releases')) throw data(null, { status: 404 });
  await requireStepUp(request);
  const language = languageOfPage(request);
  const said = new URL(request.url).searchParams.get('done');
  return {
    title: translatorOf(language)('appointment:release.title'),
    pages: staffPages(staffRoles),
    view: await releasesView({ id }, language),
    saved: SAID.find((known) => known === said) ?? null,
    mayWrite: staffRoles.includes('desk-planner'),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const language = languageOfPage(request);
  const form = await request.formData();
  const done = (what: (typeof SAID)[number]) => redirect(`/${language}/staff/releases?done=${what}`);
  if (form.has('do')) return done(await changeRelease(form, actor));
  const filledIn = await planFrom(form, actor, translatorOf(language));
  return filledIn ? data(filledIn, { status: 422 }) : done('saved');
}

const SAID = ['saved', 'confirmed', 'undone', 'cannot', 'drawn'] as const;

export default function StaffReleases() {
  const { pages, view, saved, mayWrite } = useLoaderData<typeof loader>();
  const filledIn = useActionData<typeof action>() ?? null;
  return (
    <>
      <Releases view={view} filledIn={filledIn} saved={filledIn ? null : saved} mayWrite={mayWrite} />
      <StaffPages pages={pages} here="staff/releases" />
    </>
  );
}
