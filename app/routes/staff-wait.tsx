import { changeSwitch } from '~/estimate/switch-change.server';
import { Switches } from '~/estimate/switch-page';
import { switchable, switchesView } from '~/estimate/switch-view.server';
import { WhatIfPart } from '~/estimate/what-if-page';
import { whatIfView } from '~/estimate/what-if-view.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { StaffPages } from '~/helpdesk/staff-pages';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { requireSignedIn } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { valuesIn } from '~/ui/form-values';

export async function loader({ request }: LoaderFunctionArgs) {
  const { staffRoles } = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const language = languageOfPage(request);
  const search = new URL(request.url).searchParams;
  const [switches, whatIf] = await Promise.all([switchesView(language), whatIfView(search, language)]);
  return {
    title: translatorOf(language)('wait:staff.title'),
    pages: staffPages(staffRoles),
    switches,
    whatIf,
    saved: search.has('saved'),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { id, name } = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const form = await request.formData();
  const wrong = await changeSwitch(form, await switchable(), `${name} (${id})`);
  if (wrong.length > 0)
    return data({ wrong, values: valuesIn(form, ['procedure', 'trust', 'reason']) }, { status: 422 });
  return redirect(`/${languageOfPage(request)}/staff/wait?saved`);
}

export default function StaffWait() {
  const t = useT();
  const { pages, switches, whatIf, saved } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <h1>{t('wait:staff.title')}</h1>
      <Switches view={switches} refused={refused} saved={saved && !refused} />
      <WhatIfPart view={whatIf} />
      <StaffPages pages={pages} here="staff/wait" />
    </>
  );
}
