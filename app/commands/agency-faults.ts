import { type Agency, readAgency } from '~/config/agency.server';
import { faultsOfAgencyTexts } from '~/i18n/agency-texts';
import type { Catalogues } from '~/i18n/read-catalogues';
import { productsWithoutPlanner, tasksWithoutWay, wordKeysOf } from '~/model/agency';
import { OUTCOMES, type Outcome } from '~/model/meaning';

/** What is wrong with a folder, each as `file:line: words`, or `file: words` where something is missing. */
export function faultsOfFolder(
  folder: string,
  catalogues: Catalogues,
): { readonly agency: Agency | null; readonly faults: readonly string[] } {
  const { agency, faults } = readAgency(folder);
  if (!agency) return { agency, faults };
  return {
    agency,
    faults: [
      ...faultsOfAgencyTexts(agency.texts, wordKeysOf(agency), catalogues, agency.languages, agency.placeOf),
      ...tasksWithoutWay(agency),
      ...productsWithoutPlanner(agency, agency.planners),
    ],
  };
}

/** What is permitted in a folder, and gives people less than they could read. */
export const notesOf = ({ outcomes }: Pick<Agency, 'outcomes'>): readonly string[] =>
  OUTCOMES.filter((outcome) => NEEDED_OUTCOMES.has(outcome) && ![...outcomes.values()].includes(outcome)).map(
    (outcome) => `results.json: no result means ${outcome}, so people read only that their case is decided or closed`,
  );

const NEEDED_OUTCOMES: ReadonlySet<Outcome> = new Set(['granted', 'refused', 'closed', 'withdrawn']);
