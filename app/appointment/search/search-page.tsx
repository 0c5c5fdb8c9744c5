import { AccessList } from '~/appointment/booking/access';
import type { AccessView } from '~/appointment/booking/access.server';
import { useT, useWords } from '~/i18n/use-t';
import type { Trouble as TroubleKind } from '~/model/loaded';
import { LinkLine } from '~/ui/buttons';
import { Living } from '~/ui/living';
import { Trouble } from '~/ui/trouble';
import { LIVING_SEARCH, type Outcome } from './search';
import type { SearchView } from './search.server';

export interface SearchPageProps {
  /** The case's address. */
  readonly caseRef: string;
  /** Why the case could not be loaded; null when it was. */
  readonly why: TroubleKind | null;
  /** Null when the case needs no visit. */
  readonly search: SearchView | null;
  readonly access: readonly AccessView[];
  readonly outcome: Outcome | null;
}

/** The free times for a case's visit. */
export function SearchPage({ caseRef, why, search, access, outcome }: SearchPageProps) {
  const { language, t } = useWords();
  return (
    <>
      <LinkLine href={`/${language}/cases/${caseRef}`} label={t('appointment:booking.toCase')} />
      <h1>{t('appointment:search.title')}</h1>
      {why ? <Trouble why={why} /> : null}
      {why || search ? null : <NotNeeded />}
      {search ? <Living part={LIVING_SEARCH} props={{ search, outcome }} /> : null}
      <AccessList desks={access} />
    </>
  );
}

function NotNeeded() {
  const t = useT();
  return (
    <>
      <p>{t('appointment:search.notNeeded')}</p>
      <p>{t('appointment:search.notNeededMore')}</p>
    </>
  );
}
