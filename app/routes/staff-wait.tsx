import { changeSwitch, confirmPrepared } from '~/estimate/switch-change.server';
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
  const { id, staffRoles } = await requireSignedIn(request, 'staff');
  if (!staffPages(staffRoles).includes('staff/wait')) throw data(null, { status: 404 });
  await requireStepUp(request);
  const language = languageOfPage(request);
  const search = new URL(request.url).searchParams;
  const [switches, whatIf] = await Promise.all([switchesView({ id }, language), whatIfView(search, language)]);
  return {
    title: translatorOf(language)('wait:staff.title'),
    pages: staffPages(staffRoles),
    switches,
    whatIf,
    saved: SAID.find((known) => known === search.get('done')) ?? null,
    mayWrite: staffRoles.includes('wait-publisher'),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireSignedIn(request, 'staff');
  await requireStepUp(request);
  const form = await request.formData();
  const done = (what: (typeof SAID)[number]) => redirect(`/${languageOfPage(request)}/staff/wait?done=${what}`);
  if (form.get('do') === 'confirm') return done(await confirmPrepared(form, actor));
  const changed = await changeSwitch(form, await switchable(), actor);
  if (typeof changed === 'string') return done(changed);
  return data({ wrong: changed, values: valuesIn(form, ['procedure', 'trust', 'reason', 'until']) }, { status: 422 });
}

const SAID = ['saved', 'prepared', 'cannot'] as const;

export default function StaffWait() {
  const t = useT();
  const { pages, switches, whatIf, saved, mayWrite } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <h1>{t('wait:staff.title')}</h1>
      <Switches view={switches} refused={refused} saved={refused ? null : saved} mayWrite={mayWrite} />
      <WhatIfPart view={whatIf} />
      <StaffPages pages={pages} here="staff/wait" />
    </>
  );
}
