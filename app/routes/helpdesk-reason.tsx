import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { callOf } from '~/helpdesk/call.server';
import { ANSWERS, noteReason } from '~/helpdesk/reasons.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { PROCEDURES, STAGES } from '~/model/case';
import { VIEW_PURPOSES } from '~/model/view-as';
import { Notice } from '~/ui/notice';
import { saidIn } from '~/ui/said';

/** After a call: two taps, and nothing of who called. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const grant = await callOf(agent, params.grant);
  return {
    title: translatorOf(agent.language)('helpdesk:reason.title'),
    purpose: grant.purpose,
    purposes: VIEW_PURPOSES,
    answers: ANSWERS,
    procedures: PROCEDURES,
    stages: STAGES,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  await callOf(agent, params.grant);
  const form = await request.formData();
  const saved = await noteReason(form);
  return data(
    { saved, said: saidIn(form, ['reason', 'answered', 'procedure', 'stage']) },
    { status: saved ? 200 : 422 },
  );
}

export default function Reason() {
  const { language, t } = useWords();
  const { purpose, purposes, answers, procedures, stages } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const said = answer?.said;
  const home = (
    <p>
      <a href={`/${language}/helpdesk`}>{t('helpdesk:desk.title')}</a>
    </p>
  );
  if (answer?.saved) {
    return (
      <>
        <h1>{t('helpdesk:reason.title')}</h1>
        <Notice tone="good" live>
          <p>{t('helpdesk:reason.saved')}</p>
        </Notice>
        {home}
      </>
    );
  }
  return (
    <>
      <h1>{t('helpdesk:reason.title')}</h1>
      {answer ? (
        <Notice tone="bad" live>
          <p>{t('helpdesk:reason.missing')}</p>
        </Notice>
      ) : null}
      <form method="post">
        <fieldset>
          <legend>{t('helpdesk:desk.purpose')}</legend>
          {purposes.map((each) => (
            <label className="choice" key={each}>
              <input type="radio" name="reason" value={each} defaultChecked={each === (said?.reason?.[0] ?? purpose)} />
              {t(`helpdesk:purpose.${each}`)}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t('helpdesk:reason.answered')}</legend>
          {answers.map((each) => (
            <label className="choice" key={each}>
              <input type="radio" name="answered" value={each} defaultChecked={each === said?.answered?.[0]} />
              {t(`helpdesk:reason.${each}`)}
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="procedure">{t('helpdesk:insight.procedure')}</label>
          <select id="procedure" name="procedure" defaultValue={said?.procedure?.[0]}>
            <option value="">–</option>
            {procedures.map((each) => (
              <option key={each} value={each}>
                {t(`case:procedure.${each}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="stage">{t('helpdesk:insight.stage')}</label>
          <select id="stage" name="stage" defaultValue={said?.stage?.[0]}>
            <option value="">–</option>
            {stages.map((each) => (
              <option key={each} value={each}>
                {t(`case:stage.${each}.name`)}
              </option>
            ))}
          </select>
        </div>
        <button className="button" type="submit">
          {t('helpdesk:reason.save')}
        </button>
      </form>
      {home}
    </>
  );
}
