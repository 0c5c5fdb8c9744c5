import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { CallFields, useCallErrors } from '~/helpdesk/call-fields';
import { allowsEmergencies } from '~/helpdesk/staff-pages.server';
import { breakGlass } from '~/helpdesk/without-code.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { EMERGENCY_CATEGORIES, EMERGENCY_REPORT_CHARACTERS } from '~/model/view-as';
import { LinkLine, Submit } from '~/ui/buttons';
import { Choices, TextArea, Tick } from '~/ui/field';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';

/** Danger to a life: a report, and the file opens for ten minutes. A colleague must confirm it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { language } = await requireProfessional(request, 'staff');
  if (!allowsEmergencies()) throw data(null, { status: 404 });
  await requireStepUp(request);
  return { title: translatorOf(language)('helpdesk:emergency.title'), categories: EMERGENCY_CATEGORIES };
}

export async function action({ request }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  if (!allowsEmergencies()) throw data(null, { status: 404 });
  await requireStepUp(request);
  const form = await request.formData();
  const opened = await breakGlass(agent, form);
  if ('grant' in opened) return redirect(`/${agent.language}/helpdesk/calls/${opened.grant.id}/view`);
  return data({ ...opened, values: valuesIn(form, FIELDS) }, { status: STATUS[opened.why] });
}

const STATUS = { unfilled: 422, cannot: 422, failed: 503, 'open-limit': 429, 'day-limit': 429 };
const FIELDS = ['reference', 'call', 'category', 'report', 'hold'];

export default function Emergency() {
  const { language, t } = useWords();
  const { categories } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const labels = { category: t('helpdesk:emergency.category'), report: t('helpdesk:emergency.report') };
  const errors = useCallErrors(answer, labels, { report: t('helpdesk:emergency.tooShort') });
  return (
    <>
      <h1>{t('helpdesk:emergency.title')}</h1>
      <Notice tone="plain" text={t('helpdesk:emergency.lead')} />
      {answer && answer.why !== 'unfilled' ? (
        <Notice
          tone="bad"
          live
          text={
            answer.why === 'cannot' || answer.why === 'failed'
              ? t(`helpdesk:callBack.${answer.why}`)
              : t(`helpdesk:emergency.${answer.why}`)
          }
        />
      ) : null}
      <form method="post" autoComplete="off" aria-label={t('helpdesk:emergency.open')}>
        <CallFields errors={errors} values={answer?.values} />
        <Choices
          name="category"
          legend={labels.category}
          options={categories.map((category) => [category, t(`helpdesk:emergency.kind.${category}`)])}
          chosen={answer?.values.category}
          error={errors.category}
          required
        />
        <TextArea
          name="report"
          label={labels.report}
          error={errors.report}
          value={answer?.values.report?.[0]}
          minLength={EMERGENCY_REPORT_CHARACTERS}
          maxLength={2000}
        />
        <Tick name="hold" value="yes" chosen={answer?.values.hold?.includes('yes')}>
          {t('helpdesk:emergency.hold')}
        </Tick>
        <Submit label={t('helpdesk:emergency.open')} />
      </form>
      <LinkLine href={`/${language}/helpdesk`} label={t('helpdesk:desk.title')} />
    </>
  );
}
