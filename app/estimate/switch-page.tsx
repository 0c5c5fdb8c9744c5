import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { procedureWords } from './known-names';
import { STAFF_REASONS } from './switch-reason';
import type { SwitchesView, SwitchLine } from './switch-view';
import { WideTable } from './wide-table';

interface SwitchesProps {
  readonly view: SwitchesView;
  /** What came of the form that was sent; null where none was. */
  readonly answer: 'saved' | 'wrong' | null;
}

/** What employees have switched, the form for it, and every change with who and when. */
export function Switches({ view, answer }: SwitchesProps) {
  const t = useT();
  return (
    <Section title={t('wait:staff.switches')}>
      <p>{t('wait:staff.switchesText')}</p>
      {answer ? (
        <Notice tone={answer === 'saved' ? 'good' : 'bad'} live>
          <p>{t(`wait:staff.${answer}`)}</p>
        </Notice>
      ) : null}
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
      <Change procedures={view.procedures.map(({ procedure }) => procedure)} />
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

function Change({ procedures }: { readonly procedures: readonly string[] }) {
  const t = useT();
  return (
    <form method="post">
      <div className="field">
        <label htmlFor="procedure">{t('wait:staff.procedure')}</label>
        <select id="procedure" name="procedure" required>
          <option value="">{t('wait:form.choose')}</option>
          {procedures.map((code) => (
            <option key={code} value={code}>
              {procedureWords(code, t)}
            </option>
          ))}
        </select>
      </div>
      <fieldset>
        <legend>{t('wait:staff.newState')}</legend>
        {(['off', 'unsettled', 'none'] as const).map((trust) => (
          <label className="choice" key={trust}>
            <input type="radio" name="trust" value={trust} required />
            {t(`wait:staff.${trust}`)}
          </label>
        ))}
      </fieldset>
      <div className="field">
        <label htmlFor="reason">{t('wait:staff.reasonFor')}</label>
        <select id="reason" name="reason">
          <option value="">{t('wait:form.choose')}</option>
          {STAFF_REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(`wait:staff.reason.${reason}`)}
            </option>
          ))}
        </select>
      </div>
      <button className="button" type="submit">
        {t('wait:staff.save')}
      </button>
    </form>
  );
}
