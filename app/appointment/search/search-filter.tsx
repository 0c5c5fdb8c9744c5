import { Desks, PartOfDay, Weekdays } from '~/appointment/choices';
import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Select, Tick } from '~/ui/field';
import { Notice } from '~/ui/notice';
import type { SearchView } from './search.server';

/** The filter as a plain GET form, so that its result is an address that can be kept. */
export function Filter({ search }: { readonly search: SearchView }) {
  const t = useT();
  const { moving } = search;
  return (
    <details className="card filter" open={search.noDeskChosen || search.times.state !== 'found'}>
      <summary>{t('appointment:search.filter')}</summary>
      <form method="get" aria-label={t('appointment:search.show')}>
        <input type="hidden" name="filter" value="1" />
        {search.noDeskChosen ? <Notice tone="bad" text={t('appointment:search.choose')} /> : null}
        {moving ? (
          <>
            <input type="hidden" name="move" value={moving.id} />
            <Tick name="earlier" value="1" chosen={moving.earlier}>
              {t('appointment:search.earlierOnly')}
            </Tick>
          </>
        ) : null}
        <Desks legend={t('appointment:search.desks')} desks={search.desks} />
        <Weekdays legend={t('appointment:search.weekdays')} weekdays={search.weekdays} />
        <PartOfDay part={search.part} />
        <Select
          name="persons"
          label={t('appointment:search.persons')}
          value={search.persons}
          options={search.personChoices.map((count) => [count, t('appointment:search.person', { count })] as const)}
        />
        <Submit label={t('appointment:search.show')} quiet />
      </form>
    </details>
  );
}
