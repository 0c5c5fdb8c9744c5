import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Choices, ErrorSummary, Select, useErrors } from '~/ui/field';
import type { FormValues } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { procedureWords } from './known-names';
import { STAFF_REASONS } from './switch-reason';
import type { SwitchesView, SwitchLine } from './switch-view.server';
import { WideTable } from './wide-table';

interface SwitchesProps {
  readonly view: SwitchesView;
  readonly refused: RefusedSwitch | undefined;
  readonly saved: boolean;
}

interface RefusedSwitch {
  readonly wrong: readonly string[];
  readonly values: FormValues;
}

/** The switches in force, the form to change one, and a log of changes. */
export function Switches({ view, refused, saved }: SwitchesProps) {
  const t = useT();
  return (
    <Section title={t('wait:staff.switches')}>
      <p>{t('wait:staff.switchesText')}</p>
      {saved ? <Notice tone="good" live text={t('wait:staff.saved')} /> : null}
      <WideTable
        caption={t('wait:staff.switches')}
        columns={[
          t('wait:staff.procedure'),
          t('wait:staff.inForce'),
          t('wait:staff.why'),
          t('wait:staff.since'),
          t('wait:staff.by'),
        ]}
        rows={view.procedures.map(({ procedure, last }) => [
          procedureWords(procedure, t),
          <State key="state" line={last} />,
          last?.reason ? t(`wait:staff.reason.${last.reason}`) : '',
          last?.at ?? '',
          last ? <bdi key="by">{last.by}</bdi> : '',
        ])}
      />
      <h3>{t('wait:staff.change')}</h3>
      <Change procedures={view.procedures.map(({ procedure }) => procedure)} refused={refused} />
      <details className="filter">
        <summary>{t('wait:staff.log')}</summary>
        {view.log.length === 0 ? (
          <p>{t('wait:staff.noLog')}</p>
        ) : (
          <ol>
            {view.log.map((line) => (
              <li key={`${line.at} ${line.procedure} ${line.trust} ${line.reason}`}>
                {line.at} · <bdi>{line.by}</bdi> · {procedureWords(line.procedure, t)} · <State line={line} />
                {line.reason ? ` · ${t(`wait:staff.reason.${line.reason}`)}` : null}
              </li>
            ))}
          </ol>
        )}
      </details>
    </Section>
  );
}

function State({ line }: { readonly line: SwitchLine | null }) {
  const t = useT();
  if (!line?.trust) return <>{t('wait:staff.offShort')}</>;
  return <strong>{t(line.trust === 'none' ? 'wait:staff.noneShort' : 'wait:staff.unsettledShort')}</strong>;
}

interface ChangeProps extends Pick<SwitchesProps, 'refused'> {
  readonly procedures: readonly string[];
}

function Change({ procedures, refused }: ChangeProps) {
  const t = useT();
  const values = refused?.values;
  const labels = {
    procedure: t('wait:staff.procedure'),
    trust: t('wait:staff.newState'),
    reason: t('wait:staff.reasonFor'),
  };
  const errors = useErrors(refused?.wrong, labels);
  const choose = ['', t('wait:form.choose')] as const;
  return (
    <form method="post">
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <Select
        name="procedure"
        label={labels.procedure}
        error={errors.procedure}
        value={values?.procedure?.[0]}
        options={[choose, ...procedures.map((code) => [code, procedureWords(code, t)] as const)]}
        required
      />
      <Choices
        name="trust"
        legend={labels.trust}
        options={(['off', 'unsettled', 'none'] as const).map((trust) => [trust, t(`wait:staff.${trust}`)])}
        chosen={values?.trust}
        error={errors.trust}
        required
      />
      <Select
        name="reason"
        label={labels.reason}
        error={errors.reason}
        value={values?.reason?.[0]}
        options={[choose, ...STAFF_REASONS.map((reason) => [reason, t(`wait:staff.reason.${reason}`)] as const)]}
      />
      <Submit label={t('wait:staff.save')} />
    </form>
  );
}
