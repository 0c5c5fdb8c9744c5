import { z } from 'zod';
import { config } from '~/config/config.server';
import { fresh, knownValue, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { text } from '../field-values.server';
import { gates } from '../gates.server';
import { asOfNow, shareAnswers } from '../shared-answer.server';
import { idIn } from './address';
import { readPages } from './pages.server';
import {
  pageOf,
  type Resultaattype,
  resultaattypeSchema,
  type Statustype,
  statustypeSchema,
  type Zaaktype,
  zaaktypeSchema,
} from './schema.server';
import { zgwToken } from './token.server';

const DAY_MS = 86_400_000;
const KEPT = { freshMs: DAY_MS, keptMs: 7 * DAY_MS };
const steptypes = shareAnswers<readonly Statustype[]>(KEPT);
const procedureTypes = shareAnswers<Zaaktype>(KEPT);
const documentTypeSchema = z.object({ omschrijving: text });
const documentTypes = shareAnswers<z.output<typeof documentTypeSchema>>(KEPT);
const resultTypes = shareAnswers<Resultaattype>(KEPT);

const headers = () => ({ authorization: `Bearer ${zgwToken('portal')}` });

/**
 * The step types of a procedure version, in the catalogue's order. Not personal: cached for all for a day. No procedure
 * is without steps, so an empty answer counts as none.
 *
 * @param procedureVersion the address of the zaaktype, which may be under a gateway's host
 */
export function steptypesOf(procedureVersion: string): Promise<Loaded<readonly Statustype[]>> {
  return steptypes.ask(idIn(procedureVersion), async () => {
    const given = await stepsAt(procedureVersion);
    if (given.state !== 'unavailable') return given;
    const own = `${config().CATALOGI_URL}/zaaktypen/${idIn(procedureVersion)}`;
    return own === procedureVersion || given.why !== 'malformed' ? given : stepsAt(own);
  });
}

async function stepsAt(procedureVersion: string): Promise<Loaded<readonly Statustype[]>> {
  const found = await readPages(
    (page) =>
      gates().catalogue.ask({
        path: `/statustypen?zaaktype=${encodeURIComponent(procedureVersion)}${page > 1 ? `&page=${page}` : ''}`,
        headers: headers(),
        schema: pageOf(statustypeSchema),
      }),
    ({ url }) => idIn(url),
  );
  if (!found.ok) return unavailable(found.why);
  if (found.rows.length === 0) return unavailable('malformed');
  return found.missing.length > 0
    ? { state: 'partial', value: found.rows, asOf: asOfNow(), missing: found.missing }
    : fresh(found.rows, asOfNow());
}

/** A procedure version of the catalogue. */
export const askProcedureType = (address: string): Promise<Loaded<Zaaktype>> =>
  askType(procedureTypes, 'zaaktypen', address, zaaktypeSchema);

/** A procedure version of the catalogue, for a case with which it did not come. */
export const procedureTypeOf = async (address: string): Promise<Zaaktype | null> =>
  knownValue(await askProcedureType(address)) ?? null;

/** A result type of the catalogue, for a result with which it did not come. */
export const resultTypeOf = async (address: string): Promise<Resultaattype | null> =>
  knownValue(await askType(resultTypes, 'resultaattypen', address, resultaattypeSchema)) ?? null;

/** The name of a type of document. */
export const documentTypeName = async (id: string): Promise<Loaded<string>> =>
  mapLoaded(
    await askType(documentTypes, 'informatieobjecttypen', id, documentTypeSchema),
    ({ omschrijving }) => omschrijving,
  );

function askType<T>(
  kept: ReturnType<typeof shareAnswers<T>>,
  collection: string,
  address: string,
  schema: z.ZodType<T>,
): Promise<Loaded<T>> {
  return kept.ask(idIn(address), async () => {
    const answer = await gates().catalogue.ask({ path: `/${collection}/${idIn(address)}`, headers: headers(), schema });
    return answer.ok ? fresh(answer.value, asOfNow()) : unavailable(answer.why);
  });
}
