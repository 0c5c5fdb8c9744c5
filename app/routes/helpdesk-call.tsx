import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { callerCheckFor, callOf, endCall, openWithCode } from '~/helpdesk/call.server';
import { ReasonForm } from '~/helpdesk/reason-form';
import { reasonChoices } from '~/helpdesk/reasons.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { viewAsEnding } from '~/model/view-as';
import { LinkButton, Submit } from '~/ui/buttons';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';

/** One call: the number to say and the code to ask; afterwards the way to the reason for calling. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = await callOf(agent, params.grant);
  if (grant.state === 'active') throw redirect(`/${agent.language}/helpdesk/calls/${grant.id}/view`);
  const t = translatorOf(agent.language);
  const located = grant.state === 'located';
  return {
    title: t(located ? 'helpdesk:desk.can' : 'helpdesk:view.over'),
    id: grant.id,
    callerCheck: await callerCheckFor(grant),
    choices: located || grant.activeAt === null || grant.reasonNoted ? null : reasonChoices(grant.purpose),
    ending: located ? null : viewAsEnding(grant, grant.endedAt),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = await callOf(agent, params.grant);
  const form = await request.formData();
  const here = `/${agent.language}/helpdesk/calls/${grant.id}`;
  if (form.get('do') === 'end') {
    await endCall(agent, grant);
    return redirect(here);
  }
  const opened = await openWithCode(agent, grant, String(form.get('code') ?? ''));
  if (opened === 'open') return redirect(`${here}/view`);
  return data({ why: opened }, { status: opened === 'too-often' ? 429 : 422 });
}

export default function Call() {
  const { language, t } = useWords();
  const { id, callerCheck, choices, ending } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (callerCheck === null) {
    return (
      <>
        <h1>{t('helpdesk:view.over')}</h1>
        {answer ? (
          <Notice tone="bad" live text={t(`helpdesk:desk.${answer.why}`)} />
        ) : (
          <p>{t(`helpdesk:ended.${ending ?? 'time'}`)}</p>
        )}
        {choices ? (
          <Section title={t('helpdesk:reason.title')}>
            <ReasonForm choices={choices} action={`helpdesk/calls/${id}/reason`} />
          </Section>
        ) : null}
        <p className="buttons">
          <LinkButton href={`/${language}/helpdesk`} label={t('helpdesk:desk.title')} quiet />
        </p>
      </>
    );
  }
  return (
    <>
      <h1>{t('helpdesk:desk.can')}</h1>
      {answer ? <Notice tone="bad" live text={t(`helpdesk:desk.${answer.why}`)} /> : null}
      <p>{t('helpdesk:desk.say')}</p>
      <p className="code" dir="ltr">
        {callerCheck}
      </p>
      <Ask />
    </>
  );
}

function Ask() {
  const t = useT();
  return (
    <form method="post" aria-label={t('helpdesk:desk.open')}>
      <p>{t('helpdesk:desk.ask')}</p>
      <Field
        name="code"
        label={t('helpdesk:desk.code')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={60}
        autoFocus
        required
      />
      <Submit label={t('helpdesk:desk.open')} />
    </form>
  );
}
