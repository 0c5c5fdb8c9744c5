import type { Viewer } from '~/model/viewer';
import type { Answer } from '../gate.server';
import { gates } from '../gates.server';
import { completed } from './completed.server';
import { type ExpandForm, expandAs, expandForm, learnForm, otherForm } from './expand.server';
import { type Page, type RowsFound, readPages } from './pages.server';
import { pageOf, type Zaak, zaakSchema } from './schema.server';

/** What `_zoek` filters by. The numbers of persons go in this body, never in a URL. */
export type Filter = Readonly<Record<string, string | readonly string[]>>;

export interface CaseSearch {
  readonly filter: Filter;
  readonly headers: Record<string, string>;
  /** Whose data is asked, when that is one person. */
  readonly by?: Viewer;
}

/** Cases above this level are not asked for, and not shown when they come all the same. */
export const HIGHEST = 'zaakvertrouwelijk';
export const SHOWN_LEVELS: ReadonlySet<string> = new Set(['', 'openbaar', 'beperkt_openbaar', 'intern', HIGHEST]);
const HIDDEN_LEVELS: ReadonlySet<string> = new Set(['vertrouwelijk', 'confidentieel', 'geheim', 'zeer_geheim']);

/**
 * The cases that a search finds, each once and with what belongs to it, without those that are not for applicants.
 * Expansions that the registry did not send are asked one by one.
 */
export async function searchCases(search: CaseSearch): Promise<RowsFound<Zaak>> {
  let { form, isSure } = await expandForm();
  const found = await readPages(
    async (page, size) => {
      const answer = await askAs(search, form, page, size);
      const other = otherForm(form);
      if (!other || !(isUnexpanded(answer) || (!isSure && isRejected(answer)))) return answer;
      const again = await askAs(search, other, page, size);
      if (!again.ok) return answer;
      learnForm(other, !isUnexpanded(again));
      if (isUnexpanded(again)) return answer.ok ? answer : again;
      [form, isSure] = [other, true];
      return again;
    },
    ({ uuid }) => uuid,
  );
  if (!found.ok) return found;
  const { rows, missing } = await completed(found.rows.filter(isForApplicants), search);
  if (found.rows.some(hasUnknownLevel)) missing.push('a case of an unknown confidentiality');
  return { ok: true, rows: rows.filter(isForApplicants), missing: [...found.missing, ...missing] };
}

function askAs({ filter, headers, by }: CaseSearch, form: ExpandForm, page: number, size: number | null) {
  const query = new URLSearchParams({
    ...(page > 1 && { page: String(page) }),
    ...(size !== null && { pageSize: String(size) }),
  }).toString();
  return gates().cases.ask({
    method: 'POST',
    safe: true,
    path: `/zaken/_zoek${query && `?${query}`}`,
    headers,
    body: { ...filter, maximaleVertrouwelijkheidaanduiding: HIGHEST, expand: expandAs(form) },
    schema: pageOf(zaakSchema),
    ...(by && { by }),
  });
}

/** A registry refuses a body that it does not take, or fails on it. */
const isRejected = (answer: Answer<Page<Zaak>>): boolean =>
  !answer.ok && (answer.status === 400 || answer.status === 422 || answer.status === 500);

/** One that reads the names in another way sends cases without them. */
function isUnexpanded(answer: Answer<Page<Zaak>>): boolean {
  const rows = answer.ok ? answer.value.results.filter((row) => row !== null) : [];
  return rows.length > 0 && rows.every(({ _expand }) => _expand.rollen.rows.length === 0 && _expand.zaaktype === null);
}

const levelOf = ({ vertrouwelijkheidaanduiding }: Zaak) =>
  vertrouwelijkheidaanduiding.toLowerCase().replace(/[ -]/g, '_');

/** Not shown, since it may be secret; but nobody may hear that there is no such case. */
const hasUnknownLevel = (zaak: Zaak): boolean => !SHOWN_LEVELS.has(levelOf(zaak)) && !HIDDEN_LEVELS.has(levelOf(zaak));

function isForApplicants(zaak: Zaak): boolean {
  return SHOWN_LEVELS.has(levelOf(zaak)) && zaak._expand.zaaktype?.indicatieInternOfExtern.toLowerCase() !== 'intern';
}
