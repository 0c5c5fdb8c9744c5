import { DecisionLine } from '~/answer/decision';
import { NextWords } from '~/answer/next-step';
import { useWords } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { Notice } from '~/ui/notice';
import { Caveat, Trouble } from '~/ui/trouble';
import { Whole } from '~/ui/whole';
import { ProcedureName, StageName } from './case-page';
import type { CaseLine } from './case-view.server';

/**
 * The viewer's cases. "None" is only said after a complete answer.
 *
 * @param asOf when they were loaded, in words
 */
export function CaseCards({ cases, asOf }: { readonly cases: Loaded<CaseLine[]>; readonly asOf: string }) {
  const { language, t } = useWords();
  if (cases.state === 'unavailable') {
    return (
      <>
        <Trouble why={cases.why} title={t('case:list.couldNotAsk')} />
        <p>{t('case:list.couldNotAskMore')}</p>
      </>
    );
  }
  if (cases.value.length === 0 && cases.state === 'fresh') {
    return (
      <Notice tone="plain" title={t('case:list.none')}>
        <p>{t('case:list.noneMore')}</p>
        <p>{t('case:list.noneSponsor')}</p>
        <p>{t('case:list.noneNumber')}</p>
      </Notice>
    );
  }
  return (
    <>
      <Caveat loaded={cases} time={asOf} />
      <ul className="cards">
        {cases.value.map((line) => (
          <li className="card" key={line.ref}>
            <h2>
              <a className="card__link" href={`/${language}/cases/${line.ref}`}>
                <ProcedureName procedure={line.procedure} name={line.procedureName} />
              </a>
            </h2>
            <p>
              {line.answer?.decision ? (
                <DecisionLine decision={line.answer.decision} />
              ) : (
                <strong>
                  <StageName stage={line.stage} name={line.stageName} />
                </strong>
              )}
            </p>
            {line.visit ? (
              <p>
                {t('appointment:booking.title')}: <strong>{line.visit.moment}</strong> · <bdi>{line.visit.desk}</bdi>
                {line.visit.since ? <small> {line.visit.since}</small> : null}
              </p>
            ) : null}
            {line.over || !line.answer || saysAllElsewhere(line.answer.next.do, line.visit) ? null : (
              <p>
                <NextWords next={line.answer.next} />
              </p>
            )}
            {line.answer?.period?.state === 'overdue' ? (
              <p>{t('case:period.overdue', { count: line.answer.period.days, date: line.answer.period.by ?? '' })}</p>
            ) : null}
            <p className="soft">
              {t('case:list.received', { date: line.received })} · {t('case:list.reference')}{' '}
              <Whole text={line.reference} />
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A decision stands in the line above; a visit that is booked in time needs nothing more. */
const saysAllElsewhere = (act: string, visit: CaseLine['visit']): boolean =>
  act === 'read-decision' || (act === 'visit' && visit !== null && !visit.isTooLate);
