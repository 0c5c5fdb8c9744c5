import { useT } from '~/i18n/use-t';
import { directionOf } from '~/model/language';

import { Fold } from '~/ui/fold';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';
import { Whole } from '~/ui/whole';
import type { ContactView, DeskView, LineView, OpeningView, WeekView } from './contact-view.server';
import { Fact } from './fact';

/** Numbers with their hours and waits of now; the desks are folded, since people come with an appointment. */
export function ContactPage({ view }: { readonly view: ContactView }) {
  const t = useT();
  const names = new Map<string, React.ReactNode>([
    ...view.lines.map((line) => [line.id, <LineName key={line.id} line={line} />] as const),
    ...view.places.map(({ key, name }) => [key, <bdi key={key}>{name}</bdi>] as const),
  ]);
  return (
    <>
      {view.phone.state === 'fresh' && view.lines.length === 0 ? null : (
        <Section title={t('contact:phone.title')}>
          {view.lines.map((line) => (
            <Line key={line.id} line={line} hasQueue={view.hasQueue} />
          ))}
          {view.lines.length === 0 ? <PhoneNumber number={view.number} /> : null}
          {view.cost ? (
            <p className="soft">
              {t('contact:more.cost')}: <InOwnWords words={view.cost} />
            </p>
          ) : null}
          <Asked loaded={view.phone} />
          <Week groups={view.week.phone} names={names} />
        </Section>
      )}
      {view.desks.state === 'fresh' && view.places.length === 0 ? null : (
        <Section title={t('contact:desks.title')} folded>
          <p>{t('contact:desks.only')}</p>
          {view.places.map((desk) => (
            <Desk key={desk.key} desk={desk} hasQueue={view.hasQueue} />
          ))}
          <Asked loaded={view.desks} />
          <Week groups={view.week.desks} names={names} />
        </Section>
      )}
    </>
  );
}

function Asked({ loaded }: { readonly loaded: ContactView['phone'] }) {
  const t = useT();
  if (loaded.state === 'unavailable') return <Trouble why={loaded.why} title={t('contact:couldNotAsk')} />;
  return <Caveat loaded={loaded} time={loaded.value} />;
}

const LINES = ['general', 'appointments', 'asylum', 'ukraine'] as const;

export function LineName({ line: { id, name } }: { readonly line: Pick<LineView, 'id' | 'name'> }) {
  const t = useT();
  if (name) return <InOwnWords words={name} />;
  return <>{t(`contact:phone.line.${LINES.find((known) => known === id) ?? 'other'}`)}</>;
}

function Line({ line, hasQueue }: { readonly line: LineView; readonly hasQueue: boolean }) {
  const t = useT();
  const { opening, minutes, callers, forecast } = line;
  const { best } = forecast;
  return (
    <>
      <h3>
        <LineName line={line} />
      </h3>
      <PhoneNumber number={line.number} />
      <p>
        <Opens opening={opening} closed={t('contact:phone.closed')} />{' '}
        {opening.open && hasQueue ? <PhoneWait minutes={minutes} /> : null}{' '}
        {callers === null ? null : t('contact:phone.callers', { count: callers })}{' '}
        {best === 'now' ? t('contact:phone.bestNow') : null}
        {best && best !== 'now' ? t('contact:phone.best', { from: best.from, to: best.to }) : null}
      </p>
      <Forecast forecast={forecast} />
    </>
  );
}

const PhoneNumber = ({ number }: { readonly number: string }) => (
  <p>
    <a href={`tel:${number.replace(/[^+\d]/g, '')}`}>
      <Whole text={number} />
    </a>
  </p>
);

function PhoneWait({ minutes }: { readonly minutes: number | null }) {
  const t = useT();
  if (minutes === null) return <>{t('contact:phone.unknownWait')}</>;
  return <>{minutes < 1 ? t('contact:phone.noWait') : t('contact:phone.wait', { count: minutes })}</>;
}

/** Until when it is open, else that it is closed, and when it opens next. */
function Opens({ opening: { open, time, day }, closed }: { readonly opening: OpeningView; readonly closed: string }) {
  const t = useT();
  if (open) return <strong>{time === null ? null : t('contact:phone.openUntil', { time })}</strong>;
  return (
    <>
      <strong>{closed}</strong>{' '}
      {time === null || day === null
        ? null
        : day === 'today'
          ? t('contact:phone.opensToday', { time })
          : day === 'tomorrow'
            ? t('contact:phone.opensTomorrow', { time })
            : t('contact:phone.opens', { day: day.name, time })}
    </>
  );
}

function Forecast({ forecast: { rows, measured } }: { readonly forecast: LineView['forecast'] }) {
  const t = useT();
  if (rows.length === 0) return null;
  return (
    <Fold title={t('contact:forecast.title')}>
      <ul className="forecast">
        {rows.map(({ from, low, high, share }) => (
          <li key={from}>
            {low === high
              ? t('contact:forecast.wait', { time: from, minutes: low })
              : t('contact:forecast.range', { time: from, low, high })}
            <svg className="forecast__bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
              <rect width={share.to} height="1" opacity={low === high ? 1 : 0.4} />
              {low === high ? null : <rect width={share.from} height="1" />}
            </svg>
          </li>
        ))}
      </ul>
      <Measured measured={measured} />
    </Fold>
  );
}

/** How good the forecast was, as it is measured. */
export function Measured({ measured }: { readonly measured: number | null }) {
  const t = useT();
  return measured === null ? null : <p className="soft">{t('contact:forecast.measured', { share: measured })}</p>;
}

function Desk({ desk, hasQueue }: { readonly desk: DeskView; readonly hasQueue: boolean }) {
  const t = useT();
  return (
    <>
      <h3>
        <bdi>{desk.name}</bdi>
      </h3>
      <p>
        <Opens opening={desk.opening} closed={t('contact:desks.closed')} />{' '}
        {desk.opening.open && hasQueue ? <DeskWait people={desk.people} minutes={desk.minutes} /> : null}
        <br />
        <bdi className="soft" translate="no">
          {desk.address}
        </bdi>
        <br />
        <a href={desk.map} rel="noreferrer">
          {t('contact:desks.map')}
        </a>
      </p>
      <Forecast forecast={desk.forecast} />
    </>
  );
}

function DeskWait({ people, minutes }: { readonly people: number | null; readonly minutes: number | null }) {
  const t = useT();
  if (people === null || minutes === null) return <>{t('contact:desks.unknownWait')}</>;
  return <>{t('contact:desks.waiting', { count: people, minutes })}</>;
}

interface WeekProps {
  readonly groups: WeekView;
  /** By id of a line or key of a desk. */
  readonly names: ReadonlyMap<string, React.ReactNode>;
}

/** The hours of each of the coming days, once for all that have the same. */
function Week({ groups, names }: WeekProps) {
  const t = useT();
  if (groups.length === 0) return null;
  return (
    <Fold title={t('contact:hours.title')}>
      {groups.map(({ ids, days }) => (
        <section key={ids[0]}>
          <h4>
            {ids.map((id, index) => (
              <span key={id}>
                {index > 0 ? ' · ' : null}
                {names.get(id)}
              </span>
            ))}
          </h4>
          <dl className="facts">
            {days.map(({ day, hours, isHoliday, why }) => (
              <div key={day}>
                <dt>{day}</dt>
                <dd>
                  {hours.length === 0 ? t('contact:hours.closed') : <bdi>{hours.join(' · ')}</bdi>}
                  {isHoliday ? ` (${t('contact:hours.holiday')})` : null}
                  {why ? (
                    <>
                      {' '}
                      (<InOwnWords words={why} />)
                    </>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Fold>
  );
}

type Words = NonNullable<ContactView['cost']>;

/** The agency's words, in the language in which it has them. */
const InOwnWords = ({ words }: { readonly words: Words }) => (
  <span lang={words.language} dir={directionOf(words.language)}>
    {words.text}
  </span>
);

/** How else people reach the agency, and what helps them to be understood. */
export function OtherWays({ view: { ways } }: { readonly view: ContactView }) {
  const t = useT();
  const { abroad, interpreter, deaf, email, form, post } = ways;
  if (Object.values(ways).every((way) => way === null)) return null;
  return (
    <Section title={t('contact:more.title')}>
      <dl className="facts">
        {abroad ? (
          <Fact term={t('contact:more.abroad')}>
            <InOwnWords words={abroad} />
          </Fact>
        ) : null}
        {interpreter ? (
          <Fact term={t('contact:more.interpreter')}>
            <InOwnWords words={interpreter} />
          </Fact>
        ) : null}
        {deaf?.note ? (
          <Fact term={t('contact:more.deaf')}>
            <InOwnWords words={deaf.note} /> {deaf.url ? <a href={deaf.url}>{t('case:meanwhile.page')}</a> : null}
          </Fact>
        ) : null}
        {email ? (
          <Fact term={t('contact:more.email')}>
            <a href={`mailto:${email}`}>
              <Whole text={email} />
            </a>
          </Fact>
        ) : null}
        {form ? (
          <Fact term={t('contact:more.form')}>
            <a href={form} rel="noreferrer">
              <Whole text={new URL(form).host} />
            </a>
          </Fact>
        ) : null}
        {post ? (
          <Fact term={t('contact:more.post')}>
            <address translate="no">
              {post.map((line) => (
                <span key={line}>
                  <bdi>{line}</bdi>
                  <br />
                </span>
              ))}
            </address>
          </Fact>
        ) : null}
      </dl>
    </Section>
  );
}
