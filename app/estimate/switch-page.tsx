import { procedureWords } from '~/i18n/agency-words';
import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Choices, ErrorSummary, Field, Select, useErrors } from '~/ui/field';
import type { FormValues } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { STAFF_REASONS } from './switch-reason';
import type { SwitchesView, SwitchLine } from './switch-view.server';
import { WideTable } from './wide-table';

interface SwitchesProps {
  readonly view: SwitchesView;
  readonly refused: RefusedSwitch | undefined;
  readonly saved: 'saved' | 'prepared' | 'cannot' | null;
  readonly mayWrite: boolean;
}

interface RefusedSwitch {
  readonly wrong: readonly string[];
  readonly values: FormValues;
}

/** The switches in force, the form to change one, and a log of changes. */
export function Switches({ view, refused, saved, mayWrite }: SwitchesProps) {
  const t = useT();
  return (
    <Section title={t('wait:staff.switches')}>
      <p>{t('wait:staff.switchesText')}</p>
      {saved ? (
        <Notice
          tone={saved === 'cannot' ? 'bad' : 'good'}
          live
          text={saved === 'cannot' ? t('appointment:release.cannot') : t(`wait:staff.${saved}`)}
        />
      ) : null}
      <WideTable
        caption={t('wait:staff.switches')}
        columns={[
          t('wait:staff.procedure'),
          t('wait:staff.inForce'),
          t('wait:staff.why'),
          t('wait:staff.since'),
          t('wait:staff.until'),
          t('wait:staff.by'),
          t('wait:staff.cases'),
        ]}
        rows={view.procedures.map(({ procedure, last, cases }) => [
          procedureWords(procedure, t),
          <State key="state" line={last} />,
          last?.reason ? t(`wait:staff.reason.${last.reason}`) : '',
          last?.at ?? '',
          (last?.trust && last.until) ?? '',
          last ? employees(last.by, t) : '',
          cases ?? '',
        ])}
      />
      {view.procedures.map((line) => (
        <Waiting key={line.procedure} line={line} mayWrite={mayWrite} />
      ))}
      {mayWrite ? (
        <>
          <h3>{t('wait:staff.change')}</h3>
          <Change procedures={view.procedures.map(({ procedure }) => procedure)} refused={refused} />
        </>
      ) : null}
      <details className="filter">
        <summary>{t('wait:staff.log')}</summary>
        {view.log.length === 0 ? (
          <p>{t('wait:staff.noLog')}</p>
        ) : (
          <ol>
            {view.log.map((line) => (
              <li key={line.id}>
                {line.at} · {employees(line.by, t)} · {procedureWords(line.procedure, t)} · <State line={line} />
                {line.reason ? ` · ${t(`wait:staff.reason.${line.reason}`)}` : null}
                {line.isConfirmed ? null : ` · ${t('appointment:release.is.prepared')}`}
              </li>
            ))}
          </ol>
        )}
      </details>
    </Section>
  );
}

const employees = (numbers: readonly number[], t: ReturnType<typeof useT>) =>
  numbers.map((number) => t('appointment:release.employee', { number })).join(' · ');

/**
 * A switch that is prepared or in force: what people read by it, the button with which another employee confirms it, and the one
 * that takes it back.
 */
function Waiting({
  line,
  mayWrite,
}: {
  readonly line: SwitchesView['procedures'][number];
  readonly mayWrite: boolean;
}) {
  const t = useT();
  const { procedure, last, cases } = line;
  const inForce = last?.trust ? { ...last, mayConfirm: false } : null;
  const waiting = line.waiting ?? inForce;
  if (!waiting) return null;
  return (
    <div className="card">
      <h3>
        {procedureWords(procedure, t)} · <State line={waiting} />
      </h3>
      <Facts
        facts={[
          [t('appointment:release.state'), waiting.isConfirmed ? null : t('appointment:release.is.prepared')],
          [t('wait:staff.preview'), <Preview key="preview" line={waiting} />],
          [t('wait:staff.why'), waiting.reason && t(`wait:staff.reason.${waiting.reason}`)],
          [t('wait:staff.until'), waiting.until],
          [t('wait:staff.cases'), cases],
          [t('appointment:release.preparedBy'), employees(waiting.by, t)],
        ]}
      />
      {mayWrite ? (
        <form
          method="post"
          className="buttons"
          aria-label={`${t('wait:staff.confirm')}: ${procedureWords(procedure, t)}`}
        >
          <input type="hidden" name="switch" value={waiting.id} />
          <input type="hidden" name="procedure" value={procedure} />
          {waiting.mayConfirm ? <Submit name="do" value="confirm" label={t('wait:staff.confirm')} /> : null}
          <Submit name="trust" value="off" label={t('appointment:release.undo')} quiet />
        </form>
      ) : null}
    </div>
  );
}

/** The words with which pages show the procedure's wait. */
function Preview({ line: { trust, reason } }: { readonly line: Pick<SwitchLine, 'trust' | 'reason'> }) {
  const t = useT();
  return (
    <>
      {t(trust === 'none' ? 'case:wait.none' : 'case:wait.unsettled')}{' '}
      {reason ? t(`case:wait.switched.${reason}`) : null}
    </>
  );
}

function State({ line }: { readonly line: Pick<SwitchLine, 'trust'> | null }) {
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
    until: t('wait:staff.until'),
  };
  const errors = useErrors(refused?.wrong, labels);
  const choose = ['', t('wait:form.choose')] as const;
  return (
    <form method="post" aria-label={t('wait:staff.save')}>
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
      <Field name="until" type="date" label={labels.until} error={errors.until} value={values?.until?.[0]} />
      <Submit label={t('wait:staff.save')} />
    </form>
  );
}
