import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { CallFields } from '~/helpdesk/call-fields';
import { breakGlass } from '~/helpdesk/without-code.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { EMERGENCIES } from '~/model/view-as';
import { Notice } from '~/ui/notice';

/** Danger to a life: what is going on, and the file opens for ten minutes. A colleague must confirm it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { language } = await requireProfessional(request, 'staff');
  return { title: translatorOf(language)('helpdesk:emergency.title'), categories: EMERGENCIES };
}

export async function action({ request }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const opened = await breakGlass(agent, await request.formData());
  if ('grant' in opened) return redirect(`/${agent.language}/helpdesk/calls/${opened.grant.id}/view`);
  return data(opened, { status: opened.why === 'failed' ? 503 : 422 });
}

export default function Emergency() {
  const { language, t } = useWords();
  const { categories } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('helpdesk:emergency.title')}</h1>
      <Notice tone="care">
        <p>{t('helpdesk:emergency.lead')}</p>
      </Notice>
      {answer && answer.why !== 'call' ? (
        <Notice tone="bad" live>
          <p>{t(answer.why === 'missing' ? 'helpdesk:emergency.missing' : `helpdesk:callBack.${answer.why}`)}</p>
        </Notice>
      ) : null}
      <form method="post" autoComplete="off">
        <CallFields why={answer?.why} />
        <fieldset>
          <legend>{t('helpdesk:emergency.category')}</legend>
          {categories.map((category) => (
            <label className="choice" key={category}>
              <input type="radio" name="category" value={category} required />
              {t(`helpdesk:emergency.kind.${category}`)}
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="report">{t('helpdesk:emergency.report')}</label>
          <textarea id="report" name="report" rows={4} minLength={10} maxLength={2000} required dir="auto" />
        </div>
        <label className="choice">
          <input type="checkbox" name="hold" value="yes" />
          {t('helpdesk:emergency.hold')}
        </label>
        <button className="button" type="submit">
          {t('helpdesk:emergency.open')}
        </button>
      </form>
      <p>
        <a href={`/${language}/helpdesk`}>{t('helpdesk:desk.title')}</a>
      </p>
    </>
  );
}
