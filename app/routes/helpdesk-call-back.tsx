import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { CallFields, Purposes, useCallErrors } from '~/helpdesk/call-fields';
import { askApproval, isAnybodyToApprove } from '~/helpdesk/without-code.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { CASE_FACTS, VIEW_AS_PURPOSES } from '~/model/view-as';
import { LinkLine, Submit } from '~/ui/buttons';
import { Choices, Field, Tick } from '~/ui/field';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';

/** For a caller who can't sign in: a call back, three facts, then a colleague's approval. */
export async function loader({ request }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  return {
    title: translatorOf(agent.language)('helpdesk:callBack.title'),
    approvable: await isAnybodyToApprove(agent),
    purposes: VIEW_AS_PURPOSES,
    facts: CASE_FACTS,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const form = await request.formData();
  const asked = await askApproval(agent, form);
  if ('why' in asked) return data({ ...asked, values: valuesIn(form, FIELDS) }, { status: 422 });
  return redirect(`/${agent.language}/helpdesk/requests/${asked.request.id}`);
}

const FIELDS = ['reference', 'call', 'purpose', 'calledBack', 'facts', 'reach'];

export default function CallBack() {
  const { language, t } = useWords();
  const { approvable, purposes, facts } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const labels = {
    calledBack: t('helpdesk:callBack.calledBack'),
    facts: t('helpdesk:callBack.facts'),
    purpose: t('helpdesk:desk.purpose'),
  };
  const errors = useCallErrors(answer, labels, { facts: t('helpdesk:callBack.tooFew') });
  return (
    <>
      <h1>{t('helpdesk:callBack.title')}</h1>
      <p>{t('helpdesk:callBack.lead')}</p>
      {approvable ? null : (
        <Notice tone="plain">
          <p>{t('helpdesk:callBack.nobody')}</p>
          <p>{t('helpdesk:callBack.more.refused')}</p>
        </Notice>
      )}
      <form method="post" autoComplete="off" aria-label={t('helpdesk:callBack.ask')}>
        <CallFields errors={errors} values={answer?.values} />
        <Tick
          id="calledBack"
          name="calledBack"
          value="yes"
          required
          chosen={answer?.values.calledBack?.includes('yes')}
        >
          {labels.calledBack}
        </Tick>
        <Choices
          name="facts"
          legend={labels.facts}
          options={facts.map((fact) => [fact, t(`helpdesk:fact.${fact}`)])}
          chosen={answer?.values.facts}
          error={errors.facts}
          several
        />
        <Field
          name="reach"
          type="tel"
          label={t('helpdesk:callBack.reach')}
          value={answer?.values.reach?.[0]}
          maxLength={40}
          autoComplete="off"
        />
        <Purposes purposes={purposes} values={answer?.values} />
        <Submit label={t('helpdesk:callBack.ask')} />
      </form>
      <LinkLine href={`/${language}/helpdesk`} label={t('helpdesk:desk.title')} />
    </>
  );
}
