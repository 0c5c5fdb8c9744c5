import { procedureWords } from '~/i18n/agency-words';
import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { ErrorSummary, Field, useErrors } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import type { WhatIfTable, WhatIfView } from './what-if-view.server';
import { WideTable } from './wide-table';

/** "Inflow +50 % for 3 months, capacity −10 %": a form, and the ranges before and after. */
export function WhatIfPart({ view }: { readonly view: WhatIfView }) {
  const t = useT();
  const { form, wrong, result } = view;
  const labels = {
    inflow: t('wait:staff.inflow'),
    capacity: t('wait:staff.capacity'),
    weeks: t('wait:staff.weeks'),
  };
  const percentage = t('wait:staff.percentage');
  const errors = useErrors(wrong, labels, { inflow: percentage, capacity: percentage });
  return (
    <Section title={t('wait:staff.whatIf')}>
      <p>{t('wait:staff.whatIfText')}</p>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <form method="get" aria-label={t('wait:staff.compute')}>
        <Field name="inflow" label={labels.inflow} value={form.inflow} error={errors.inflow} maxLength={6} />
        <Field name="capacity" label={labels.capacity} value={form.capacity} error={errors.capacity} maxLength={6} />
        <Field
          name="weeks"
          label={labels.weeks}
          value={form.weeks}
          error={errors.weeks}
          inputMode="numeric"
          maxLength={3}
        />
        <Submit label={t('wait:staff.compute')} />
      </form>
      {result === null ? null : result.state !== 'unavailable' ? (
        <Result table={result.value} />
      ) : result.why === 'late' ? (
        <Notice tone="plain" live text={t('wait:staff.stillBusy')} />
      ) : (
        <Trouble why={result.why} title={t('wait:staff.couldNotAsk')} />
      )}
    </Section>
  );
}

function Result({ table }: { readonly table: WhatIfTable }) {
  const t = useT();
  const { inflow, capacity, weeks, from, until, rows } = table;
  return (
    <>
      <h3>{t('wait:staff.result')}</h3>
      <WideTable
        caption={t('wait:staff.resultText', { inflow, capacity, weeks, from, until })}
        columns={[t('wait:staff.procedure'), t('wait:staff.now'), t('wait:staff.then'), t('wait:staff.unchanged')]}
        rows={rows.map((row) => [procedureWords(row.procedure, t), row.now, row.after, row.unchanged])}
      />
    </>
  );
}
