import { useLocation } from '@remix-run/react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useT, useWords } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import type { DayView, SearchView, SlotView } from './views';

export type Outcome =
  | { readonly why: 'taken'; readonly alternatives: readonly SlotView[] }
  | { readonly why: 'not-needed' | 'could-not-hold' };

interface SearchProps {
  readonly search: SearchView;
  /** What came of the last choice, when it did not succeed. */
  readonly outcome: Outcome | null;
}

/** Free times at the desks: the filter, the first free one, then all by day. Plain forms; a browser renews the list. */
export function Search({ search: loaded, outcome }: SearchProps) {
  const { language, t } = useWords();
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  const search = useRenewed(loaded);
  return (
    <>
      <p>
        {t('appointment:search.for')} <strong>{t(`appointment:product.${search.product}`)}</strong>
      </p>
      {search.openBooking ? (
        <Notice tone="good">
          <p>{t('appointment:search.already')}</p>
          <p>
            <a href={`/${language}/bookings/${search.openBooking}`}>{t('appointment:search.seeIt')}</a>
          </p>
        </Notice>
      ) : (
        <>
          <WhatCameOfIt outcome={outcome ?? (search.nearest && { why: 'taken', alternatives: search.nearest })} />
          <First search={search} />
          <Filter search={search} />
          <Times search={search} />
          <p className="soft">
            {t(hydrated ? 'appointment:search.updated' : 'appointment:search.updatedPlain', { time: search.asOf })}
          </p>
        </>
      )}
    </>
  );
}

/** The same search, asked again every half minute while the page is looked at. */
function useRenewed(loaded: SearchView): SearchView {
  const { language } = useWords();
  const { search } = useLocation();
  const { data } = useQuery({
    queryKey: ['slots', loaded.ref, search],
    queryFn: async ({ signal }): Promise<SearchView> => {
      const answer = await fetch(`/${language}/cases/${loaded.ref}/appointment/slots${search}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },
    initialData: loaded,
    staleTime: 30_000,
    refetchInterval: 30_000,
  });
  return data;
}

function WhatCameOfIt({ outcome }: { readonly outcome: Outcome | null }) {
  const t = useT();
  if (!outcome) return null;
  if (outcome.why !== 'taken') {
    return (
      <Notice tone="bad" live>
        <p>{t(outcome.why === 'not-needed' ? 'appointment:search.notNeeded' : 'appointment:search.couldNotHold')}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="care" live>
      <p>{t(outcome.alternatives.length > 0 ? 'appointment:search.taken' : 'appointment:search.takenNone')}</p>
      <Slots slots={outcome.alternatives} withDay />
    </Notice>
  );
}

/** What most people come for, before anything else. */
function First({ search }: { readonly search: SearchView }) {
  const t = useT();
  if (search.from || search.times.state !== 'found') return null;
  const { first } = search.times;
  return (
    <Section title={t('appointment:search.first')} main>
      <p>
        <strong>{t('appointment:search.firstAt', { day: first.day, time: first.time, desk: first.desk })}</strong>
      </p>
      <form method="post">
        <button className="button" type="submit" name="slot" value={first.id}>
          {t('appointment:search.take')}
        </button>
      </form>
    </Section>
  );
}

function Filter({ search }: { readonly search: SearchView }) {
  const t = useT();
  return (
    <details className="card filter" open={search.noDeskChosen || search.times.state !== 'found'}>
      <summary>{t('appointment:search.filter')}</summary>
      <form method="get">
        {search.noDeskChosen ? (
          <Notice tone="bad">
            <p>{t('appointment:search.choose')}</p>
          </Notice>
        ) : null}
        <fieldset>
          <legend>{t('appointment:search.desks')}</legend>
          {search.desks.map(({ key, name, chosen }) => (
            <label className="choice" key={key}>
              <input type="checkbox" name="desk" value={key} defaultChecked={chosen} />
              <bdi>{name}</bdi>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="persons">{t('appointment:search.persons')}</label>
          <select id="persons" name="persons" defaultValue={search.persons}>
            {search.personChoices.map((count) => (
              <option key={count} value={count}>
                {t('appointment:search.person', { count })}
              </option>
            ))}
          </select>
        </div>
        <button className="button button--quiet" type="submit">
          {t('appointment:search.show')}
        </button>
      </form>
    </details>
  );
}

function Times({ search }: { readonly search: SearchView }) {
  const t = useT();
  const { times } = search;
  if (search.noDeskChosen) return null;
  if (times.state === 'could-not-ask') return <Trouble why={times.why} title={t('appointment:search.couldNotAsk')} />;
  if (times.state === 'none') {
    return (
      <Notice tone="plain" title={t('appointment:search.none')} live>
        <p>{t('appointment:search.noneMore')}</p>
      </Notice>
    );
  }
  return (
    <>
      {search.missing ? (
        <Notice tone="care">
          <p>{t('appointment:search.deskMissing', { desks: search.missing })}</p>
        </Notice>
      ) : null}
      <Section title={t('appointment:search.all')}>
        {times.days.map((day) => (
          <Day key={day.date} day={day} />
        ))}
        <Pages search={search} />
      </Section>
    </>
  );
}

function Day({ day }: { readonly day: DayView }) {
  return (
    <>
      <h3>{day.day}</h3>
      <Slots slots={day.slots} />
    </>
  );
}

/** Each time is a button of its own: choosing is one tap, with or without scripts. */
function Slots({ slots, withDay }: { readonly slots: readonly SlotView[]; readonly withDay?: boolean }) {
  return (
    <form method="post">
      <ul className="slots">
        {slots.map((slot) => (
          <li key={slot.id}>
            <button className="button button--quiet button--slot" type="submit" name="slot" value={slot.id}>
              {withDay ? <span>{slot.day} </span> : <span className="hidden">{slot.day} </span>}
              <strong>{slot.time}</strong> <bdi>{slot.desk}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

function Pages({ search }: { readonly search: SearchView }) {
  const t = useT();
  const address = (from: string | null) => {
    const query = new URLSearchParams({ persons: String(search.persons) });
    for (const { key, chosen } of search.desks) if (chosen) query.append('desk', key);
    if (from) query.set('from', from);
    return `?${query}`;
  };
  return (
    <p className="buttons">
      {search.from ? <a href={address(null)}>{t('appointment:search.earlier')}</a> : null}
      {search.later ? <a href={address(search.later)}>{t('appointment:search.later')}</a> : null}
    </p>
  );
}
