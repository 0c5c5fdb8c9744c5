import type { SearchView } from '~/appointment/views';
import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';

/** Which times are shown: a plain form, whose answer is an address that can be kept. */
export function Filter({ search }: { readonly search: SearchView }) {
  const t = useT();
  const { moving } = search;
  return (
    <details className="card filter" open={search.noDeskChosen || search.times.state !== 'found'}>
      <summary>{t('appointment:search.filter')}</summary>
      <form method="get">
        <input type="hidden" name="filter" value="1" />
        {search.noDeskChosen ? (
          <Notice tone="bad">
            <p>{t('appointment:search.choose')}</p>
          </Notice>
        ) : null}
        {moving ? (
          <>
            <input type="hidden" name="move" value={moving.id} />
            <label className="choice">
              <input type="checkbox" name="earlier" value="1" defaultChecked={moving.earlier} />
              {t('appointment:search.earlierOnly')}
            </label>
          </>
        ) : null}
        <Desks legend={t('appointment:search.desks')} desks={search.desks} />
        <Weekdays legend={t('appointment:search.weekdays')} weekdays={search.weekdays} />
        <PartOfDay part={search.part} />
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

/** The choices as somebody ticked them before; as they were when he did not yet. */
export const asTicked = <Choice extends { readonly chosen: boolean }, Name>(
  choices: readonly Choice[],
  nameOf: (choice: Choice) => Name,
  ticked: readonly Name[] | undefined,
): readonly Choice[] =>
  ticked ? choices.map((choice) => ({ ...choice, chosen: ticked.includes(nameOf(choice)) })) : choices;

export function Desks({ legend, desks }: { readonly legend: string; readonly desks: SearchView['desks'] }) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {desks.map(({ key, name, chosen }) => (
        <label className="choice" key={key}>
          <input type="checkbox" name="desk" value={key} defaultChecked={chosen} />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

interface WeekdaysProps {
  readonly legend: string;
  readonly weekdays: SearchView['weekdays'];
}

export function Weekdays({ legend, weekdays }: WeekdaysProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="days">
        {weekdays.map(({ day, name, chosen }) => (
          <label className="choice" key={day}>
            <input type="checkbox" name="day" value={day} defaultChecked={chosen} />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function PartOfDay({ part }: { readonly part: SearchView['part'] }) {
  const t = useT();
  return (
    <div className="field">
      <label htmlFor="part">{t('appointment:search.part')}</label>
      <select id="part" name="part" defaultValue={part}>
        {(['any', 'morning', 'afternoon'] as const).map((each) => (
          <option key={each} value={each}>
            {t(`appointment:search.partOf.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
