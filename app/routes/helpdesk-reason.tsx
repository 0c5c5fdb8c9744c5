import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { callOf } from '~/helpdesk/call.server';
import { ReasonForm } from '~/helpdesk/reason-form';
import { noteReason, reasonChoices } from '~/helpdesk/reasons.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { valuesIn } from '~/ui/form-values';

/** After a call, with a view or without one: two taps, and nothing about the caller. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = params.grant === undefined ? null : await callOf(agent, params.grant);
  return {
    title: translatorOf(agent.language)('helpdesk:reason.title'),
    choices: reasonChoices(grant?.purpose),
    action: grant ? `helpdesk/calls/${grant.id}/reason` : 'helpdesk/reason',
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = params.grant === undefined ? null : await callOf(agent, params.grant);
  const form = await request.formData();
  const wrong = await noteReason(form, grant);
  // The next call starts on that page; loading it again notes nothing.
  if (wrong.length === 0) return redirect(`/${agent.language}/helpdesk?noted`);
  return data({ wrong, values: valuesIn(form, ['reason', 'page', 'procedure', 'stage']) }, { status: 422 });
}

export default function Reason() {
  const t = useT();
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('helpdesk:reason.title')}</h1>
      <ReasonForm choices={page.choices} action={page.action} wrong={answer?.wrong} values={answer?.values} />
    </>
  );
}
