import { config } from '~/config/config.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { callOf } from '~/helpdesk/call.server';
import { ANSWERS, noteReason } from '~/helpdesk/reasons.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import { VIEW_AS_PURPOSES } from '~/model/view-as';
import { LinkLine, Submit } from '~/ui/buttons';
import { Choices, ErrorSummary, Select, useErrors } from '~/ui/field';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';

/** After a call: two taps, and nothing about the caller. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = await callOf(agent, params.grant);
  return {
    title: translatorOf(agent.language)('helpdesk:reason.title'),
    purpose: grant.purpose,
    purposes: VIEW_AS_PURPOSES,
    answers: ANSWERS,
    procedures: procedureKeys(config().AGENCY_DIR),
    stages: stageKeys(config().AGENCY_DIR),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  await callOf(agent, params.grant);
  const form = await request.formData();
  const wrong = await noteReason(form);
  return data(
    { wrong, values: valuesIn(form, ['reason', 'answered', 'procedure', 'stage']) },
    { status: wrong.length === 0 ? 200 : 422 },
  );
}

export default function Reason() {
  const { language, t } = useWords();
  const { purpose, purposes, answers, procedures, stages } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const values = answer?.values;
  const labels = {
    reason: t('helpdesk:desk.purpose'),
    answered: t('helpdesk:reason.answered'),
    procedure: t('helpdesk:insight.procedure'),
    stage: t('helpdesk:insight.stage'),
  };
  const errors = useErrors(answer?.wrong, labels);
  const home = <LinkLine href={`/${language}/helpdesk`} label={t('helpdesk:desk.title')} />;
  if (answer?.wrong.length === 0) {
    return (
      <>
        <h1>{t('helpdesk:reason.title')}</h1>
        <Notice tone="good" live text={t('helpdesk:reason.saved')} />
        {home}
      </>
    );
  }
  return (
    <>
      <h1>{t('helpdesk:reason.title')}</h1>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <form method="post" aria-label={t('helpdesk:reason.save')}>
        <Choices
          name="reason"
          legend={labels.reason}
          options={purposes.map((each) => [each, t(`helpdesk:purpose.${each}`)])}
          chosen={values?.reason ?? [purpose]}
          error={errors.reason}
        />
        <Choices
          name="answered"
          legend={labels.answered}
          options={answers.map((each) => [each, t(`helpdesk:reason.${each}`)])}
          chosen={values?.answered}
          error={errors.answered}
        />
        <Select
          name="procedure"
          label={labels.procedure}
          error={errors.procedure}
          value={values?.procedure?.[0]}
          options={[['', '–'], ...procedures.map((each) => [each, t(`case:procedure.${each}`)] as const)]}
        />
        <Select
          name="stage"
          label={labels.stage}
          error={errors.stage}
          value={values?.stage?.[0]}
          options={[['', '–'], ...stages.map((each) => [each, t(`case:stage.${each}.name`)] as const)]}
        />
        <Submit label={t('helpdesk:reason.save')} />
      </form>
      {home}
    </>
  );
}
