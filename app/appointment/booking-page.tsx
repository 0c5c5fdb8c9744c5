import type { Key } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { BookingView } from './views';

interface BookingPageProps {
  readonly booking: BookingView;
  /** The person pressed "cancel" and is asked whether he is sure. */
  readonly asks: boolean;
  readonly cancelFailed: boolean;
}

/** A booking: what became of it, when, where, what to bring, and how to get rid of it. */
export function BookingPage({ booking, asks, cancelFailed }: BookingPageProps) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t(HEADING[booking.state])}</h1>
      <State booking={booking} />
      {cancelFailed ? (
        <Notice tone="bad" live>
          <p>{t('appointment:booking.cancelFailed')}</p>
        </Notice>
      ) : null}
      {asks && booking.canCancel ? <AreYouSure booking={booking} /> : null}
      <Section title={t('appointment:booking.when')} main={booking.state === 'booked'}>
        <Facts
          facts={[
            [
              t('appointment:booking.when'),
              <strong key="when">{t('appointment:booking.moment', { day: booking.day, time: booking.time })}</strong>,
            ],
            [t('appointment:booking.where'), <Where booking={booking} key="where" />],
            [t('appointment:booking.what'), t(`appointment:product.${booking.product}`)],
            [t('appointment:booking.persons'), t('appointment:search.person', { count: booking.persons })],
          ]}
        />
        {booking.state === 'booked' ? <Code code={booking.code} /> : null}
      </Section>
      {booking.state === 'booked' ? <Bring booking={booking} /> : null}
      <p className="buttons">
        {booking.state === 'booked' ? (
          <a className="button" href={`/${language}/bookings/${booking.id}/calendar`}>
            {t('appointment:booking.calendar')}
          </a>
        ) : null}
        {booking.canCancel && !asks ? (
          <a className="button button--quiet" href="?cancel">
            {t('appointment:booking.cancel')}
          </a>
        ) : null}
        {booking.state === 'refused' && booking.caseRef ? (
          <a className="button" href={`/${language}/cases/${booking.caseRef}/appointment`}>
            {t('appointment:hold.again')}
          </a>
        ) : null}
      </p>
      {booking.caseRef ? (
        <p>
          <a href={`/${language}/cases/${booking.caseRef}`}>{t('appointment:booking.toCase')}</a>
        </p>
      ) : null}
    </>
  );
}

const HEADING = {
  confirming: 'appointment:booking.checking',
  unknown: 'appointment:booking.checking',
  booked: 'appointment:booking.title',
  cancelling: 'appointment:booking.cancelling',
  cancelled: 'appointment:booking.cancelled',
  refused: 'appointment:booking.refused',
} as const satisfies Record<BookingView['state'], Key>;

const EXPLANATION = {
  confirming: 'appointment:booking.checkingMore',
  unknown: 'appointment:booking.checkingMore',
  booked: 'appointment:booking.confirmed',
  cancelling: 'appointment:booking.cancellingMore',
  cancelled: 'appointment:booking.cancelledMore',
  refused: 'appointment:booking.refusedMore',
} as const satisfies Record<BookingView['state'], Key>;

function State({ booking }: { readonly booking: BookingView }) {
  const t = useT();
  if (booking.past && booking.state === 'booked') return <p>{t('appointment:booking.past')}</p>;
  const tone = booking.state === 'booked' ? 'good' : booking.state === 'cancelled' ? 'plain' : 'care';
  return (
    <Notice tone={tone} live>
      <p>{t(EXPLANATION[booking.state])}</p>
    </Notice>
  );
}

function AreYouSure({ booking }: { readonly booking: BookingView }) {
  const t = useT();
  return (
    <Notice tone="care" title={t('appointment:booking.cancelAsk')}>
      {booking.persons > 1 ? <p>{t('appointment:booking.cancelGroup', { count: booking.persons })}</p> : null}
      <form method="post" className="buttons" action="?">
        <button className="button" type="submit">
          {t('appointment:booking.cancelYes')}
        </button>
        <a className="button button--quiet" href="?">
          {t('appointment:booking.cancelNo')}
        </a>
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

function Code({ code }: { readonly code: string | null }) {
  const t = useT();
  if (!code) return <p>{t('appointment:booking.codeByMail')}</p>;
  return (
    <p>
      {t('appointment:booking.code')}
      <br />
      <bdi className="code" translate="no">
        {code}
      </bdi>
      <br />
      <span className="soft">{t('appointment:booking.codeUse')}</span>
    </p>
  );
}

function Bring({ booking }: { readonly booking: BookingView }) {
  const t = useT();
  return (
    <Section title={t('appointment:booking.bring')}>
      <ul>
        <li>{t('appointment:booking.bringItem.passport')}</li>
        <li>{t('appointment:booking.bringItem.letter')}</li>
        <li>{t('appointment:booking.bringItem.code')}</li>
        {booking.product === 'DOC' ? <li>{t('appointment:booking.bringItem.oldDocument')}</li> : null}
        {booking.persons > 1 ? <li>{t('appointment:booking.bringItem.everyone')}</li> : null}
      </ul>
    </Section>
  );
}
