import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { locate, poppedCall, runningCall } from '~/helpdesk/call.server';
import { CallFields, Purposes, useCallErrors } from '~/helpdesk/call-fields';
import { StaffPages } from '~/helpdesk/staff-pages';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { VIEW_AS_PURPOSES } from '~/model/view-as';
import { Submit } from '~/ui/buttons';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';

export async function loader({ request }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { language, staffRoles } = agent;
  const { searchParams } = new URL(request.url);
  const popped = poppedCall(searchParams);
  const running = popped && (await runningCall(agent, popped.call));
  // The telephone system may open the address of one call twice.
  if (running) throw redirect(`/${language}/helpdesk/calls/${running}`);
  return {
    popped,
    title: translatorOf(language)('helpdesk:desk.title'),
    purposes: VIEW_AS_PURPOSES,
    pages: staffPages(staffRoles),
    noted: searchParams.has('noted'),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const form = await request.formData();
  const located = await locate(agent, form);
  if ('grant' in located) return redirect(`/${agent.language}/helpdesk/calls/${located.grant.id}`);
  return data({ ...located, values: valuesIn(form, ['reference', 'call', 'purpose']) }, { status: 422 });
}

export default function Helpdesk() {
  const t = useT();
  const { pages, purposes, noted, popped } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const values = answer?.values ?? (popped ? { reference: [popped.reference], call: [popped.call] } : undefined);
  const errors = useCallErrors(answer, { purpose: t('helpdesk:desk.purpose') });
  return (
    <>
      <h1>{t('helpdesk:desk.title')}</h1>
      {noted && !answer ? <Notice tone="good" live text={t('helpdesk:reason.saved')} /> : null}
      <p>{t('helpdesk:desk.lead', { link: t('common:helpByPhone') })}</p>
      {answer?.why === 'cannot' ? (
        <Notice tone="plain" live text={t('helpdesk:desk.cannot', { link: t('common:helpByPhone') })} />
      ) : null}
      <form method="post" autoComplete="off" aria-label={t('helpdesk:desk.go')}>
        <CallFields errors={errors} values={values} />
        <Purposes purposes={purposes} values={values} />
        <Submit label={t('helpdesk:desk.go')} />
      </form>
      <StaffPages pages={pages} here="helpdesk" />
    </>
  );
}
