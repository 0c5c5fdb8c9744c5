import { procedureWords, stageWords } from '~/i18n/agency-words';
import type { Translate } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { Downloads } from './public-wait-page';
import { SwitchReason } from './switch-reason';
import type { LoadedTrackRecord, OutcomeRow, ProcedureTrackRecord, TrackRecordView } from './track-record-view.server';
import { WideTable } from './wide-table';

/** How often the ranges were right: overall, by procedure, and by quarter and stage. */
export function TrackRecordPage({ record }: { readonly record: LoadedTrackRecord }) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('wait:record.title')}</h1>
      <p className="lead">{t('wait:record.lead')}</p>
      {record.state === 'unavailable' ? (
        <Trouble why={record.why} title={t('wait:notNow')} />
      ) : record.value.complete ? (
        <Known view={record.value} />
      ) : (
        <Notice tone="plain" text={t('wait:computing')} />
      )}
      <LinkLine href={`/${language}/wait`} label={t('wait:more.back')} />
    </>
  );
}

function Known({ view }: { readonly view: TrackRecordView }) {
  const t = useT();
  const { overall } = view;
  return (
    <>
      <div className="card card--answer">
        {overall ? (
          <p>
            <strong>
              {t('wait:record.overall', { right: overall.right, early: overall.early, late: overall.late })}
            </strong>{' '}
            {t(`wait:record.${overall.verdict}`)}
          </p>
        ) : (
          <p>{t('wait:record.nothing')}</p>
        )}
        <p className="soft">{t('case:wait.asOf', { date: view.asOf })}</p>
      </div>
      {view.switched.length > 0 ? (
        <Section title={t('wait:record.switched')}>
          {view.switched.map(({ procedure, trust, reason }) => (
            <div key={procedure}>
              <h3>{procedureWords(procedure, t)}</h3>
              <p>{t(trust === 'none' ? 'wait:record.switchedNone' : 'wait:record.switchedUnsettled')}</p>
              <SwitchReason reason={reason} />
            </div>
          ))}
        </Section>
      ) : null}
      <Section title={t('wait:record.byProcedure')}>
        <WideTable
          caption={t('wait:record.byProcedureText')}
          captionHidden
          columns={[t('wait:record.procedure'), ...columns(t)]}
          rows={view.procedures.map(({ procedure, year }) => [procedureWords(procedure, t), ...cells(year, t)])}
        />
      </Section>
      <Section title={t('wait:record.how')} folded>
        <p>{t('wait:record.byProcedureText')}</p>
        <p>{t('wait:record.howText')}</p>
        <p>{t('wait:record.howLate')}</p>
      </Section>
      {view.procedures.map((one) => (
        <OneProcedure key={one.procedure} record={one} />
      ))}
      <Section title={t('wait:more.title')} folded>
        <Downloads />
      </Section>
    </>
  );
}

function OneProcedure({ record }: { readonly record: ProcedureTrackRecord }) {
  const t = useT();
  const { procedure, termDays, compared, pending, quarters, stages } = record;
  return (
    <Section title={procedureWords(procedure, t)} folded>
      <p>
        {termDays === null ? t('wait:record.noTerm') : t('wait:record.termIs', { count: termDays })}{' '}
        {compared ? t(`wait:record.${compared.is}`, { ours: compared.ours, theirs: compared.theirs }) : null}{' '}
        {pending > 0 ? t('wait:record.pendingText', { count: pending }) : null}
      </p>
      {quarters.length === 0 ? (
        <p>{t('wait:record.none')}</p>
      ) : (
        <>
          <details className="filter">
            <summary>{t('wait:record.quarters')}</summary>
            <WideTable
              caption={t('wait:record.quartersText')}
              columns={[t('wait:record.quarter'), ...columns(t)]}
              rows={quarters.map((row) => [row.quarter, ...cells(row, t)])}
            />
          </details>
          <details className="filter">
            <summary>{t('wait:record.stages')}</summary>
            <WideTable
              caption={t('wait:record.stages')}
              columns={[t('wait:record.quarter'), ...columns(t).slice(0, 4), t('wait:record.pending')]}
              rows={stages.map((row) => [
                `${row.quarter} · ${stageWords(row.stage, t)}`,
                ...cells(row, t).slice(0, 4),
                row.pending,
              ])}
            />
          </details>
        </>
      )}
    </Section>
  );
}

const columns = (t: Translate): string[] => [
  t('wait:record.right'),
  t('wait:record.early'),
  t('wait:record.late'),
  t('wait:record.people'),
  t('wait:record.term'),
  t('wait:record.past80'),
  t('wait:record.pending'),
];

function cells({ outcome, term, past80, pending }: OutcomeRow, t: Translate): string[] {
  const none = t('wait:record.unknown');
  const { right = none, early = none, late = none, people = none } = outcome ?? {};
  return [right, early, late, people, term ?? none, past80 ?? none, pending];
}
