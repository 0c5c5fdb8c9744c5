import type { Key } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { LinkButton, LinkLine } from '~/ui/buttons';
import { Fold } from '~/ui/fold';
import { Notice } from '~/ui/notice';
import { SLOT, Whole } from '~/ui/whole';
import type { NextView } from './answer-view.server';
import { MadeBy } from './made-by';
import type { VisitView } from './visit-view.server';
import { WaysToDo } from './ways';
import { WithoutVisit } from './without-visit';

interface NextStepProps {
  readonly caseRef: string;
  readonly next: NextView;
  readonly visit: VisitView;
  readonly invitation: string | null;
}

/** Whether a decision has said all that there is to do. */
export const saysNothingMore = ({ do: act }: NextView): boolean => act === 'read-decision' || act === 'nothing';

const ASKS: readonly NextView['do'][] = ['pay', 'send-papers', 'respond', 'visit', 'attend', 'unknown'];

/** Whether the reader must act. Only then the step stands in the colour that says so. */
export const asksTheReader = ({ do: act }: NextView): boolean => ASKS.includes(act);

/** The one thing to do now, with its button. */
export function NextStep({ caseRef, next, visit, invitation }: NextStepProps) {
  const { language, t } = useWords();
  const booked = visit.kind === 'booked';
  return (
    <>
      {visit.kind === 'book' ? <WithoutVisit ways={visit.instead} /> : null}
      <p>{booked && next.do === 'visit' ? t('case:visit.booked') : <NextWords next={next} />}</p>
      {next.papers.length > 0 ? (
        <ul>
          {next.papers.map(({ code, name }) => (
            <li key={code}>{name ?? <AgencyWords text={code} />}</li>
          ))}
        </ul>
      ) : null}
      {next.clock ? <p>{t(`case:next.clock.${next.clock}`)}</p> : null}
      {next.amount ? (
        <p>
          <Whole text={next.amount} within={t('case:answer.amount', { amount: SLOT })} />
        </p>
      ) : null}
      {next.ways && next.do !== 'attend' ? <WaysToDo ways={next.ways} /> : null}
      {next.place ? (
        <p>
          <bdi>{next.place}</bdi>
          {next.map ? (
            <>
              <br />
              <a href={next.map} rel="noreferrer">
                {t('appointment:booking.map')}
              </a>
            </>
          ) : null}
        </p>
      ) : null}
      {next.do === 'attend' ? (
        <>
          <p>{t('case:next.bring')}</p>
          <Fold title={t('case:next.cannotComeTitle')}>
            {next.ways && next.ways.list.length > 0 ? (
              <>
                <p>{t('case:next.cannotComeTell')}</p>
                <WaysToDo ways={next.ways} />
              </>
            ) : (
              <p>{t('case:next.cannotCome')}</p>
            )}
          </Fold>
        </>
      ) : null}
      {invitation ? <LinkLine href={invitation} label={t('case:next.calendar')} /> : null}
      {visit.kind === 'booked' ? (
        <>
          <p>
            <strong>
              {visit.moment} · <bdi>{visit.desk}</bdi>
            </strong>
            <br />
            <span className="soft">
              {t('case:visit.madeBy')}: <MadeBy maker={visit.maker} />
            </span>
          </p>
          {visit.isTooLate && next.until ? (
            <Notice tone="care" text={t('appointment:deadline.tooLate', { date: next.until })} />
          ) : null}
          <LinkButton href={`/${language}/bookings/${visit.id}`} label={t('case:visit.see')} />
        </>
      ) : null}
      {visit.kind === 'arrange' ? <WaysToDo ways={visit.ways} /> : null}
      {visit.kind === 'book' && visit.withheld ? <p>{t('case:visit.withheld')}</p> : null}
      {visit.kind === 'book' && !visit.withheld ? (
        <p>
          <a
            className={visit.instead.length > 0 ? 'button button--quiet' : 'button'}
            href={`/${language}/cases/${caseRef}/appointment`}
          >
            {t('case:visit.book')}
          </a>
        </p>
      ) : null}
      {visit.others.length > 0 ? (
        <>
          <p>{t('case:visit.others')}</p>
          <ul>
            {visit.others.map(({ id, moment, desk, maker }) => (
              <li key={id}>
                <a href={`/${language}/bookings/${id}`}>{moment}</a> · <bdi>{desk}</bdi>
                <br />
                <span className="soft">
                  {t('case:visit.madeBy')}: <MadeBy maker={maker} />
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

/** The same in one sentence, also for the list of cases. */
export function NextWords({ next }: { readonly next: NextView }) {
  const t = useT();
  const { until } = next;
  const dated = (without: Key, withDate: Key) => (until ? t(withDate, { date: until }) : t(without));
  switch (next.do) {
    case 'pay':
      return dated('case:next.pay', 'case:next.payUntil');
    case 'send-papers':
      return dated('case:next.papers', 'case:next.papersUntil');
    case 'respond':
      return dated('case:next.respond', 'case:next.respondUntil');
    case 'visit':
      return next.product === 'DOC'
        ? dated('case:next.collect', 'case:next.collectUntil')
        : dated('case:next.biometrics', 'case:next.biometricsUntil');
    case 'attend':
      return t('case:next.attend', { date: next.date ?? '', time: next.time ?? '' });
    case 'await-invitation':
      return t('case:next.awaitInvitation');
    case 'read-decision':
      return t('case:answer.outcome.unknown.text');
    case 'wait':
      return t('case:next.wait');
    case 'was-invited':
      return t('case:next.wasInvited', { date: next.date ?? '', time: next.time ?? '' });
    case 'nothing':
      return t('case:answer.withdrawn');
    case 'unknown':
      return dated('case:next.unknown', 'case:next.unknownUntil');
  }
}
