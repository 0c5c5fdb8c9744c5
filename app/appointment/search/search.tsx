import { Fragment, useEffect, useState } from 'react';
import { WithoutVisit } from '~/answer/without-visit';
import type { TicketFilledIn } from '~/appointment/draw/draw.server';
import { Draw } from '~/appointment/draw/draw-part';
import type { SlotView } from '~/appointment/free-times.server';
import { Slots } from '~/appointment/slots';
import { Styles } from '~/appointment/styles';
import { Offer } from '~/appointment/watch/offer';
import type { Key } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import type { LivingPart } from '~/ui/living';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { useRenewed } from '~/ui/use-renewed';
import { Month } from './month';
import type { DayView, FreeTimes, MovingView, SearchView } from './search.server';
import { Filter } from './search-filter';

export type Outcome =
  | { readonly why: 'taken'; readonly alternatives: readonly SlotView[] }
  | { readonly why: 'bad-email'; readonly ticket: TicketFilledIn }
  | { readonly why: 'too-many'; readonly until: string }
  | { readonly why: 'not-needed' | 'could-not-hold' | 'no-ticket' };

interface SearchProps {
  readonly search: SearchView;
  /** Why the last choice did not succeed. */
  readonly outcome: Outcome | null;
}

export const LIVING_SEARCH: LivingPart<SearchProps> = {
  name: 'search',
  namespaces: ['appointment', 'trouble'],
  Component: Search,
};

/**
 * Free times at the desks: the filter, the first free one, then all by day. Works as plain forms; the browser refreshes
 * the list.
 */
function Search({ search: loaded, outcome }: SearchProps) {
  const { language, t } = useWords();
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  const slots = `/${language}/cases/${loaded.ref}/appointment/slots`;
  const search = useRenewed(['slots', loaded.ref], () => `${slots}${location.search}`, loaded);
  return (
    <>
      <Styles />
      <p>
        {t('appointment:search.for')} <strong>{t(`appointment:product.${search.product}`)}</strong>
      </p>
      {search.deadline ? (
        <p>
          <strong>{t('appointment:deadline.by', { date: search.deadline.date })}</strong>
        </p>
      ) : null}
      {search.moving ? <Moving moving={search.moving} /> : null}
      {search.openBooking ? (
        <Notice tone="good">
          <p>{t('appointment:search.already')}</p>
          <LinkLine href={`/${language}/bookings/${search.openBooking}`} label={t('appointment:search.seeIt')} />
        </Notice>
      ) : (
        <>
          {search.limit && outcome?.why !== 'too-many' ? <Limit until={search.limit} /> : null}
          <WhatCameOfIt outcome={outcome ?? (search.nearest && { why: 'taken', alternatives: search.nearest })} />
          <WithoutVisit ways={search.instead} />
          {search.draw ? (
            <Draw draw={search.draw} filledIn={outcome?.why === 'bad-email' ? outcome.ticket : null} />
          ) : null}
          {search.offer ? <Offer offer={search.offer} /> : null}
          {search.most ? <Notice tone="plain" text={t('appointment:search.most', { most: search.most })} /> : null}
          {search.deadline?.isMissed ? (
            <Notice tone="care" text={t('appointment:deadline.tooLate', { date: search.deadline.date })} />
          ) : null}
          {search.limit ? null : <First search={search} />}
          <OneDesk search={search} />
          <Filter search={search} />
          <Times search={search} />
          <LinkLine href={search.links.watch} label={t('appointment:search.watch')} />
          <p className="soft">
            {t(hydrated ? 'appointment:search.updated' : 'appointment:search.updatedPlain', { time: search.asOf })}
          </p>
        </>
      )}
    </>
  );
}

/** Until when no time can be chosen. */
function Limit({ until }: { readonly until: string }) {
  const t = useT();
  return (
    <Notice
      tone="plain"
      text={`${t('appointment:search.tooMany')} ${t('appointment:search.tooManyUntil', { time: until })}`}
    />
  );
}

/** One tap for one desk, and what the list is limited to. */
function OneDesk({ search }: { readonly search: SearchView }) {
  const t = useT();
  return (
    <>
      {search.oneDesk.length > 1 ? (
        <nav aria-label={t('appointment:watch.desks')}>
          <ul className="one-desk">
            {search.anyDesk ? (
              <li>
                <a href={search.anyDesk}>{t('appointment:watch.anyDesk')}</a>
              </li>
            ) : null}
            {search.oneDesk.map(({ name, address, chosen }) => (
              <li key={address}>
                <a href={address} aria-current={chosen ? 'true' : undefined}>
                  <bdi>{name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <p>
        {t('appointment:search.shown')}{' '}
        {search.shown.map((words, index) => (
          <Fragment key={words}>
            {index > 0 ? ' · ' : null}
            <bdi>{words}</bdi>
          </Fragment>
        ))}
      </p>
    </>
  );
}

/** Which appointment is being moved, and that it still stands. */
function Moving({ moving }: { readonly moving: MovingView }) {
  const { language, t } = useWords();
  return (
    <Notice tone="plain" title={t('appointment:search.moving')}>
      <p>
        <strong>{t('appointment:search.firstAt', { day: moving.day, time: moving.time, desk: moving.desk })}</strong>
      </p>
      <p>{t('appointment:search.movingMore')}</p>
      <LinkLine href={`/${language}/bookings/${moving.id}`} label={t('appointment:search.keepIt')} />
    </Notice>
  );
}

function WhatCameOfIt({ outcome }: { readonly outcome: Outcome | null }) {
  const t = useT();
  if (!outcome) return null;
  if (outcome.why !== 'taken') {
    const until = outcome.why === 'too-many' ? t('appointment:search.tooManyUntil', { time: outcome.until }) : '';
    return <Notice tone="bad" live text={`${t(WHY_NOT[outcome.why])} ${until}`.trim()} />;
  }
  return (
    <Notice tone="plain" live answers>
      <p>{t(outcome.alternatives.length > 0 ? 'appointment:search.taken' : 'appointment:search.takenNone')}</p>
      <Slots slots={outcome.alternatives} withDay />
    </Notice>
  );
}

const WHY_NOT = {
  'not-needed': 'appointment:search.notNeeded',
  'could-not-hold': 'appointment:search.couldNotHold',
  'too-many': 'appointment:search.tooMany',
  'no-ticket': 'appointment:draw.noTicket',
  'bad-email': 'appointment:hold.badEmail',
} as const satisfies Record<Exclude<Outcome['why'], 'taken'>, Key>;

/** The first free time, which most people come for. */
function First({ search }: { readonly search: SearchView }) {
  const t = useT();
  if (search.links.first || search.calendar || search.times.state !== 'found') return null;
  const { first } = search.times;
  return (
    <Section title={t('appointment:search.first')} answer>
      <p>
        <strong>{t('appointment:search.firstAt', { day: first.day, time: first.time, desk: first.desk })}</strong>
      </p>
      <form method="post" aria-label={t('appointment:search.first')}>
        <button
          className={search.instead.length > 0 ? 'button button--quiet' : 'button'}
          type="submit"
          name="slot"
          value={first.id}
        >
          {t('appointment:search.take')}
        </button>
      </form>
    </Section>
  );
}

/** The planners' own pages of desks whose times can't be had here. */
function Elsewhere({ desks }: { readonly desks: SearchView['elsewhere'] }) {
  const t = useT();
  if (desks.length === 0) return null;
  return (
    <>
      <p>{t('appointment:search.elsewhere')}</p>
      <ul>
        {desks.map(({ name, page }) => (
          <li key={name}>
            <a href={page}>
              <bdi>{name}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Times({ search }: { readonly search: SearchView }) {
  const t = useT();
  const { times } = search;
  if (search.noDeskChosen) return null;
  if (times.state === 'could-not-ask')
    return (
      <>
        <Trouble why={times.why} title={t('appointment:search.couldNotAsk')} />
        <Elsewhere desks={search.elsewhere} />
      </>
    );
  const gaps = search.missing ? (
    <>
      <Notice tone="plain" text={t('appointment:search.deskMissing', { desks: search.missing })} />
      <Elsewhere desks={search.elsewhere} />
    </>
  ) : null;
  if (times.state === 'none' && !search.calendar) {
    return (
      <>
        {gaps}
        <Notice tone="plain" title={t('appointment:search.none')} live text={t('appointment:search.noneMore')} />
        {search.links.first ? <Pages search={search} /> : null}
      </>
    );
  }
  return (
    <>
      {gaps}
      <Section title={t('appointment:search.all')}>
        <p>
          <a href={search.calendar ? search.links.list : search.links.calendar}>
            {t(search.calendar ? 'appointment:search.asList' : 'appointment:search.asCalendar')}
          </a>
        </p>
        {search.calendar ? (
          <Month calendar={search.calendar} />
        ) : (
          <Days times={times} isClosed={search.limit !== null} />
        )}
        {search.calendar ? null : <Pages search={search} />}
      </Section>
    </>
  );
}

const Days = ({ times, isClosed }: { readonly times: FreeTimes; readonly isClosed: boolean }) =>
  times.state === 'found' ? times.days.map((day) => <Day key={day.date} day={day} isClosed={isClosed} />) : null;

function Day({ day, isClosed }: { readonly day: DayView; readonly isClosed: boolean }) {
  const t = useT();
  return (
    <>
      <h3>
        {day.day}
        {day.late ? <> · {t('appointment:deadline.after')}</> : null}
      </h3>
      <Slots slots={day.slots} isClosed={isClosed} />
    </>
  );
}

function Pages({ search }: { readonly search: SearchView }) {
  const t = useT();
  const { first, later } = search.links;
  return (
    <p className="buttons">
      {first ? <a href={first}>{t('appointment:search.earlier')}</a> : null}
      {later ? <a href={later}>{t('appointment:search.later')}</a> : null}
    </p>
  );
}
