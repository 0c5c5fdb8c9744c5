import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { letStandIn, mandateToShare } from '~/mandate/colleague.server';
import { SUB_MANDATE_DURATIONS } from '~/model/mandate';
import { LinkLine, Submit } from '~/ui/buttons';
import { Choices, ErrorSummary, Field, Select, useErrors } from '~/ui/field';
import { valuesIn } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Whole } from '~/ui/whole';

/** Where an advisor lets a colleague stand in. 404 where the client did not allow it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const mandate = await mandateToShare(advisor, params.mandate ?? '');
  if (!mandate) throw data(null, { status: 404 });
  return { title: translatorOf(advisor.language)('mandate:advisor.colleague.title'), mandate };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const form = await request.formData();
  const given = await letStandIn(advisor, params.mandate ?? '', form);
  if (given === 'done') return redirect(`/${advisor.language}/advisor/mandates`);
  return data({ given, values: valuesIn(form, ['number', 'case', 'lasts']) }, { status: given === 'gone' ? 409 : 422 });
}

/** The field with the fault, by why the form came back. */
const FIELDS = { wrong: ['number'], 'no-case': ['case'], gone: [] } as const;

export default function AdvisorColleague() {
  const { language, t } = useWords();
  const { mandate } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  // A mandate from before case names were stored: all its cases.
  const references = mandate.references.length > 0 ? mandate.references : [''];
  const labels = { number: t('mandate:advisor.colleague.number'), case: t('mandate:choose.which') };
  const errors = useErrors(FIELDS[answer?.given ?? 'gone'], labels, { number: t('mandate:advisor.colleague.wrong') });
  return (
    <>
      <h1>{t('mandate:advisor.colleague.title')}</h1>
      <p>
        <bdi translate="no">{mandate.who}</bdi>
      </p>
      {answer?.given === 'gone' ? <Notice tone="plain" live text={t('mandate:tooLate')} /> : null}
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <form method="post" aria-label={t('mandate:advisor.colleague.give')}>
        <Field
          name="number"
          label={labels.number}
          value={answer?.values.number?.[0]}
          error={errors.number}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        {references.length > 1 ? (
          <Choices
            name="case"
            legend={labels.case}
            options={references.map((reference, index) => [String(index), <Whole text={reference} key={reference} />])}
            chosen={answer?.values.case ?? references.map((_, index) => String(index))}
            error={errors.case}
            several
          />
        ) : (
          <input type="hidden" name="case" value={0} />
        )}
        <Select
          name="lasts"
          label={t('mandate:choose.months')}
          hint={t('mandate:advisor.colleague.longest')}
          value={answer?.values.lasts?.[0] ?? 'P2W'}
          options={SUB_MANDATE_DURATIONS.map((lasts) => {
            const unit = lasts.endsWith('W') ? 'case:period.weeks' : 'case:period.months';
            return [lasts, t(unit, { count: Number(lasts.slice(1, -1)) })];
          })}
        />
        <Submit label={t('mandate:advisor.colleague.give')} />
      </form>
      <LinkLine href={`/${language}/advisor/mandates`} label={t('mandate:advisor.mandates.title')} />
    </>
  );
}
