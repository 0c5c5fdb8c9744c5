import { MadeBy } from '~/answer/made-by';
import { Styles } from '~/appointment/styles';
import type { Key } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { LinkButton, LinkLine, Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Access } from './access';
import type { AccessView } from './access.server';
import type { BookingView } from './booking-view.server';
import { bringFor } from './bring';
import { MoveNote } from './move-note';
import type { DueVisit } from './own-booking.server';

interface BookingPageProps {
  readonly booking: BookingView;
  readonly access: AccessView | null;
  /** The person pressed "cancel": the page asks for confirmation. */
  readonly asks: boolean;
  /** The person says that it was cancelled elsewhere: the page asks for confirmation. */
  readonly tells: boolean;
  /** The person chose or confirmed another time elsewhere while this booking stands. */
  readonly alreadyBooked: boolean;
  readonly cancelFailed: boolean;
  readonly due: DueVisit;
}

/** One booking: its state, when, where, what to bring, and how to move or cancel it. */
export function BookingPage({ booking, access, asks, tells, alreadyBooked, cancelFailed, due }: BookingPageProps) {
  const { language, t } = useWords();
  const stands = booking.state === 'booked';
  return (
    <>
      <Styles />
      <h1>{t(HEADING[booking.state])}</h1>
      {alreadyBooked && stands && !booking.past ? (
        <Notice tone="plain" live text={t('appointment:search.already')} />
      ) : null}
      <State booking={booking} isDue={due?.why === 'cancelled'} />
      {due && !booking.past ? <Due due={due} /> : null}
      <ChangedElsewhere booking={booking} />
      {booking.move ? <MoveNote move={booking.move} /> : null}
      {cancelFailed ? <Notice tone="bad" live text={t('appointment:booking.cancelFailed')} /> : null}
      {asks && booking.cancel === 'yes' ? <AreYouSure booking={booking} /> : null}
      {tells && booking.canTell ? <WasItCancelled /> : null}
      <Section title={t('appointment:booking.when')} answer={stands} unheaded>
        <Facts
          facts={[
            [
              t('appointment:booking.when'),
              <strong key="when">{t('appointment:booking.moment', { day: booking.day, time: booking.time })}</strong>,
            ],
            [t('appointment:booking.where'), <Where booking={booking} key="where" />],
            [t('appointment:booking.what'), t(`appointment:product.${booking.product}`)],
            [t('appointment:booking.persons'), t('appointment:search.person', { count: booking.persons })],
            [t('appointment:deadline.length'), t('appointment:deadline.minutes', { count: booking.minutes })],
            [t('case:visit.madeBy'), <MadeBy maker={booking.madeBy} key="maker" />],
          ]}
        />
        {stands ? <Code booking={booking} /> : null}
      </Section>
      {stands && !booking.past ? <Bring booking={booking} /> : null}
      {stands && !booking.past && access ? (
        <Section title={t('appointment:access.title')}>
          <Access access={access} />
        </Section>
      ) : null}
      <p className="buttons">
        {stands && !booking.past ? (
          <>
            <LinkButton
              href={`/${language}/bookings/${booking.id}/calendar`}
              label={t('appointment:booking.calendar')}
            />
            <LinkButton href={`/${language}/bookings/${booking.id}/card`} label={t('appointment:booking.card')} quiet />
          </>
        ) : null}
        {CHECKING.includes(booking.state) ? <LinkButton href="?" label={t('appointment:booking.lookAgain')} /> : null}
        {mayChooseAgain(booking) && booking.caseRef ? (
          <LinkButton href={`/${language}/cases/${booking.caseRef}/appointment`} label={t('appointment:hold.again')} />
        ) : null}
      </p>
      {booking.state === 'cancelled' && !isMoved(booking) ? <p>{t('appointment:booking.calendarByHand')}</p> : null}
      {stands && !booking.past ? <OtherTime booking={booking} asks={asks} /> : null}
      {stands && !tells ? <Since booking={booking} /> : null}
      {booking.caseRef ? (
        <p className="on-screen">
          <a href={`/${language}/cases/${booking.caseRef}`}>{t('appointment:booking.toCase')}</a>
        </p>
      ) : null}
    </>
  );
}

/** A moved booking has no calendar entry of its own: the new booking took it over. */
const isMoved = ({ move }: BookingView): boolean => move?.part === 'old' && move.state === 'done';

const mayChooseAgain = (booking: BookingView): boolean =>
  booking.state === 'refused' || booking.move?.state === 'lost' || (booking.state === 'cancelled' && !isMoved(booking));

const CHECKING: readonly BookingView['state'][] = ['confirming', 'unknown', 'awaiting-mail', 'cancelling'];

const HEADING = {
  confirming: 'appointment:booking.checking',
  'awaiting-mail': 'appointment:booking.awaitingMail',
  unknown: 'appointment:booking.checking',
  booked: 'appointment:booking.title',
  cancelling: 'appointment:booking.cancelling',
  cancelled: 'appointment:booking.cancelled',
  refused: 'appointment:booking.refused',
  over: 'appointment:booking.title',
} as const satisfies Record<BookingView['state'], Key>;

const EXPLANATION = {
  confirming: 'appointment:booking.checkingMore',
  'awaiting-mail': 'appointment:booking.awaitingMailMore',
  unknown: 'appointment:booking.checkingMore',
  booked: 'appointment:booking.confirmed',
  cancelling: 'appointment:booking.cancellingMore',
  cancelled: 'appointment:booking.cancelledMore',
  refused: 'appointment:booking.refusedMore',
  over: 'appointment:booking.past',
} as const satisfies Record<BookingView['state'], Key>;

const TONE: Readonly<Partial<Record<BookingView['state'], 'good' | 'care'>>> = {
  booked: 'good',
  'awaiting-mail': 'care',
};

/** What the person must still do about the visit. */
function Due({ due: { by, why } }: { readonly due: NonNullable<DueVisit> }) {
  const t = useT();
  if (why === 'too-late') return <Notice tone="care" text={t('appointment:deadline.tooLate', { date: by ?? '' })} />;
  return (
    <Notice
      tone="care"
      text={by ? t('appointment:deadline.still', { date: by }) : t('appointment:deadline.stillOpen')}
    />
  );
}

function State({ booking, isDue }: { readonly booking: BookingView; readonly isDue: boolean }) {
  const t = useT();
  if (booking.past && booking.state === 'booked') return <p>{t('appointment:booking.past')}</p>;
  // "You do not need to come" would be wrong.
  if (isDue) return null;
  const tone = TONE[booking.state] ?? 'plain';
  return <Notice tone={tone} live text={t(explanationOf(booking))} />;
}

function explanationOf({ state, changed }: BookingView): Key {
  if (state !== 'cancelled') return EXPLANATION[state];
  if (changed === 'cancelled') return 'appointment:booking.cancelledElsewhere';
  return changed === 'told' ? 'appointment:booking.cancelledTold' : EXPLANATION[state];
}

/** The desk moved the visit: what it was before, and how a calendar learns of it. */
function ChangedElsewhere({ booking: { state, changed, was, sameTime, past } }: { readonly booking: BookingView }) {
  const t = useT();
  if (state !== 'booked' || changed !== 'moved' || !was || past) return null;
  return (
    <Notice tone="care" live>
      <p>
        {t(sameTime ? 'appointment:booking.movedDesk' : 'appointment:booking.movedElsewhere')}{' '}
        <s>{t('appointment:booking.moment', { day: was.day, time: was.time })}</s> · <bdi>{was.desk}</bdi>
      </p>
      <p>{t(sameTime ? 'appointment:booking.calendarPlace' : 'appointment:booking.calendarAgain')}</p>
    </Notice>
  );
}

/** Since when the portal knows it, where the planner did not confirm it now, and a way to say that it is gone. */
function Since({ booking: { since, tellsNothing, canTell } }: { readonly booking: BookingView }) {
  const t = useT();
  if (!since) return null;
  return (
    <>
      <p className="soft">
        {t('appointment:booking.knownSince', { time: since })}{' '}
        {t(tellsNothing ? 'appointment:booking.tellsNothing' : 'appointment:booking.notAskedNow')}
      </p>
      {canTell ? <LinkLine href="?gone" label={t('appointment:booking.gone')} /> : null}
    </>
  );
}

function WasItCancelled() {
  const t = useT();
  return (
    <Notice tone="plain" title={t('appointment:booking.gone')}>
      <p>{t('appointment:booking.goneAsk')}</p>
      <form method="post" className="buttons" action="?" aria-label={t('appointment:booking.goneYes')}>
        <Submit name="do" value="gone" label={t('appointment:booking.goneYes')} />
        <LinkButton href="?" label={t('appointment:booking.cancelNo')} quiet />
      </form>
    </Notice>
  );
}

function AreYouSure({ booking }: { readonly booking: BookingView }) {
  const { language, t } = useWords();
  return (
    <Notice tone="plain" title={t('appointment:booking.cancelAsk')}>
      {booking.persons > 1 ? (
        <p>
          {t('appointment:booking.cancelGroup', { count: booking.persons })}{' '}
          <a href={`/${language}/bookings/${booking.id}/fewer`}>{t('appointment:booking.fewer')}</a>
        </p>
      ) : null}
      <form method="post" className="buttons" action="?" aria-label={t('appointment:booking.cancelYes')}>
        <Submit label={t('appointment:booking.cancelYes')} />
        <LinkButton href="?" label={t('appointment:booking.cancelNo')} quiet />
      </form>
    </Notice>
  );
}

function Where({ booking }: { readonly booking: BookingView }) {
  const t = useT();
  return (
    <>
      <bdi>{booking.desk}</bdi>
      {booking.address ? (
        <>
          <br />
          <bdi translate="no">{booking.address}</bdi>
        </>
      ) : null}
      {booking.map ? (
        <>
          <br />
          <a href={booking.map} rel="noreferrer">
            {t('appointment:booking.map')}
          </a>
        </>
      ) : null}
    </>
  );
}

function Code({ booking: { code, codeByMail, qr } }: { readonly booking: BookingView }) {
  const t = useT();
  if (!code) return codeByMail ? <p>{t('appointment:booking.codeByMail')}</p> : null;
  return (
    <>
      <p>
        {t('appointment:booking.code')}
        <br />
        <bdi className="code whole" dir="ltr" translate="no">
          {code}
        </bdi>
        <br />
        <span className="soft">{t('appointment:booking.codeUse')}</span>
      </p>
      {qr ? (
        <svg className="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={t('appointment:booking.qr')}>
          <path d={qr.path} fill="#000000" shapeRendering="crispEdges" />
        </svg>
      ) : null}
    </>
  );
}

function Bring({ booking }: { readonly booking: BookingView }) {
  const t = useT();
  return (
    <Section title={t('appointment:booking.bring')}>
      <ul>
        {bringFor(booking).map((item) => (
          <li key={item}>{t(`appointment:booking.bringItem.${item}`)}</li>
        ))}
      </ul>
    </Section>
  );
}

/** The ways to change the appointment that the planner allows here. */
function OtherTime({ booking, asks }: { readonly booking: BookingView; readonly asks: boolean }) {
  const { language, t } = useWords();
  const { caseRef, cancel, cancelAddress } = booking;
  const query = new URLSearchParams({ move: booking.id, persons: String(booking.persons) });
  const search = `/${language}/cases/${caseRef}/appointment?${query}`;
  return (
    <div className="on-screen">
      {booking.canMove && caseRef ? (
        <>
          <p className="buttons">
            <LinkButton href={search} label={t('appointment:booking.move')} quiet />
            <LinkButton href={`${search}&earlier=1`} label={t('appointment:booking.moveEarlier')} quiet />
          </p>
          <LinkLine href={`/${language}/cases/${caseRef}/watch?${query}`} label={t('appointment:search.watch')} />
        </>
      ) : null}
      {booking.persons > 1 && cancel !== null ? (
        <LinkLine href={`/${language}/bookings/${booking.id}/fewer`} label={t('appointment:booking.fewer')} />
      ) : null}
      {cancel === 'yes' && !asks ? (
        <p>
          <LinkButton href="?cancel" label={t('appointment:booking.cancel')} quiet />
        </p>
      ) : null}
      {cancel === 'link' && cancelAddress ? (
        <p>
          <LinkButton href={cancelAddress} rel="noreferrer" label={t('appointment:booking.cancelLink')} quiet />
        </p>
      ) : null}
      {cancel === 'no' || (cancel === 'link' && !cancelAddress) ? (
        <p>{t('appointment:booking.cancelImpossible')}</p>
      ) : null}
    </div>
  );
}
