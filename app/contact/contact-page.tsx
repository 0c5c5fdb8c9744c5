import { useT, useWords } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { LinkButton, LinkLine } from '~/ui/buttons';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';
import { Whole } from '~/ui/whole';
import type { ContactView, DeskView, LineView, OpeningView } from './contact-view.server';

/** Signing in first, since it answers most questions; then the waits and the numbers. */
export function ContactPage({ view }: { readonly view: ContactView }) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t(view.hasQueue ? 'contact:title' : 'common:contact')}</h1>
      <p className="lead">{t('contact:lead')}</p>
      <p>
        <LinkButton href={`/${language}/cases`} label={t('contact:signIn')} />
      </p>
      {view.hasWait ? <LinkLine href={`/${language}/wait`} label={t('contact:wait')} /> : null}
      {isKnownEmpty(view.phone) ? null : (
        <Section title={t('contact:phone.title')}>
          <LoadedPart loaded={view.phone} asOf={view.asOf}>
            {(lines) => lines.map((line) => <Line key={line.id} line={line} hasQueue={view.hasQueue} />)}
          </LoadedPart>
          {view.phone.state === 'unavailable' ? <PhoneNumber number={view.number} /> : null}
        </Section>
      )}
      {isKnownEmpty(view.desks) ? null : (
        <Section title={t('contact:desks.title')}>
          <p>{t('contact:desks.only')}</p>
          <LoadedPart loaded={view.desks} asOf={view.asOf}>
            {(desks) => desks.map((desk) => <Desk key={desk.key} desk={desk} hasQueue={view.hasQueue} />)}
          </LoadedPart>
        </Section>
      )}
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </>
  );
}

/** An agency may tell nothing of its lines or desks. */
const isKnownEmpty = (loaded: Loaded<readonly unknown[]>): boolean =>
  loaded.state === 'fresh' && loaded.value.length === 0;

interface LoadedPartProps<T> {
  readonly loaded: Loaded<T>;
  readonly asOf: string;
  readonly children: (value: T) => React.ReactNode;
}

function LoadedPart<T>({ loaded, asOf, children }: LoadedPartProps<T>) {
  const t = useT();
  if (loaded.state === 'unavailable') return <Trouble why={loaded.why} title={t('contact:couldNotAsk')} />;
  return (
    <>
      <Caveat loaded={loaded} time={asOf} />
      {children(loaded.value)}
    </>
  );
}

const LINES = ['general', 'appointments', 'asylum', 'ukraine'] as const;

function Line({ line, hasQueue }: { readonly line: LineView; readonly hasQueue: boolean }) {
  const t = useT();
  const name = LINES.find((known) => known === line.id) ?? 'other';
  return (
    <>
      <h3>{t(`contact:phone.line.${name}`)}</h3>
      {line.opening.open && !hasQueue ? null : (
        <p>
          <strong>{line.opening.open ? <PhoneWait minutes={line.minutes} /> : t('contact:phone.closed')}</strong>{' '}
          {line.opening.open && line.callers !== null ? t('contact:phone.callers', { count: line.callers }) : null}
        </p>
      )}
      <p>
        {line.best === 'now' ? t('contact:phone.bestNow') : null}
        {line.best && line.best !== 'now' ? t('contact:phone.best', { from: line.best.from, to: line.best.to }) : null}{' '}
        <Opens opening={line.opening} />
      </p>
      <PhoneNumber number={line.number} />
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

function Opens({ opening: { open, time, day } }: { readonly opening: OpeningView }) {
  const t = useT();
  if (time === null) return null;
  if (open) return <>{t('contact:phone.openUntil', { time })}</>;
  if (day === 'today') return <>{t('contact:phone.opensToday', { time })}</>;
  if (day === 'tomorrow') return <>{t('contact:phone.opensTomorrow', { time })}</>;
  return <>{day ? t('contact:phone.opens', { day: day.name, time }) : null}</>;
}

function Desk({ desk, hasQueue }: { readonly desk: DeskView; readonly hasQueue: boolean }) {
  const t = useT();
  return (
    <>
      <h3>
        <bdi>{desk.name}</bdi>
      </h3>
      <p>
        {desk.opening.open && !hasQueue ? null : (
          <strong>
            {desk.opening.open ? <DeskWait people={desk.people} minutes={desk.minutes} /> : t('contact:desks.closed')}
          </strong>
        )}{' '}
        <Opens opening={desk.opening} />
        <br />
        <bdi className="soft" translate="no">
          {desk.address}
        </bdi>
        <br />
        <a href={desk.map} rel="noreferrer">
          {t('contact:desks.map')}
        </a>
      </p>
    </>
  );
}

function DeskWait({ people, minutes }: { readonly people: number | null; readonly minutes: number | null }) {
  const t = useT();
  if (people === null || minutes === null) return <>{t('contact:desks.unknownWait')}</>;
  return <>{t('contact:desks.waiting', { count: people, minutes })}</>;
}
