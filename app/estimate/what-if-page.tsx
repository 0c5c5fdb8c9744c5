import { useT } from '~/i18n/use-t';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { procedureWords } from './known-names';
import type { WhatIfTable, WhatIfView } from './what-if-view';
import { WideTable } from './wide-table';

/** "Inflow +50 % for 3 months, capacity −10 %": a form, and the ranges before and after. */
export function WhatIfPart({ view }: { readonly view: WhatIfView }) {
  const t = useT();
  const { form, wrong, result } = view;
  return (
    <Section title={t('wait:staff.whatIf')}>
      <p>{t('wait:staff.whatIfText')}</p>
      {wrong ? (
        <Notice tone="bad" live>
          <p>{t('wait:staff.whatIfWrong')}</p>
        </Notice>
      ) : null}
      <form method="get">
        <Field name="inflow" label={t('wait:staff.inflow')} value={form.inflow} maxLength={6} />
        <Field name="capacity" label={t('wait:staff.capacity')} value={form.capacity} maxLength={6} />
        <Field name="weeks" label={t('wait:staff.weeks')} value={form.weeks} inputMode="numeric" maxLength={3} />
        <button className="button" type="submit">
          {t('wait:staff.compute')}
        </button>
      </form>
      {result === null ? null : result.state !== 'unavailable' ? (
        <Result table={result.value} />
      ) : result.why === 'late' ? (
        <Notice tone="care" live>
          <p>{t('wait:staff.stillBusy')}</p>
        </Notice>
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
