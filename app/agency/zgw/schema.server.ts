import { z } from 'zod';
import { dayOf } from '~/model/time';
import { isNone, listIn, name, objectOrNone, readAs, rowsOf, text, truth, wholeOrNone } from '../field-values.server';
import { idIn } from './address';
import { durationOf } from './duration';
import type { Page } from './pages.server';

/**
 * What the portal reads of ZGW Zaken 1.5 and Catalogi 1.3. Unknown fields are dropped. Optional ones have one form of
 * none; only what a case can't be shown without is required, so that one odd field costs itself and no more.
 */
const required = text.refine((value) => value !== '');
const requiredName = name.refine((value) => value !== '');
const duration = text.transform(durationOf);
/** An instant, a wall time or a bare date: its day is cut where the zone is known. */
const moment = required.refine((value) => dayOf(value, 'UTC') !== null);

export const zaaktypeSchema = z.object({
  url: text,
  identificatie: text,
  omschrijving: name,
  doorlooptijd: duration,
  indicatieInternOfExtern: text,
});

export const statustypeSchema = z.object({
  url: required,
  omschrijving: requiredName,
  statustekst: text,
  // Registries like eSuite send none: the order of the answer then replaces it.
  volgnummer: wholeOrNone,
  isEindstatus: truth,
});

export const statusSchema = z.object({
  url: text,
  zaak: text,
  statustype: required,
  datumStatusGezet: moment,
});

const expandedStatusSchema = statusSchema.extend({
  _expand: z
    .unknown()
    .optional()
    .transform((value) => expandedStatustype.safeParse(value).data?.statustype ?? null),
});
const expandedStatustype = z.object({ statustype: objectOrNone(statustypeSchema) });

const personSchema = z.object({
  inpBsn: text,
  anpIdentificatie: text,
  geslachtsnaam: name,
  voorvoegselGeslachtsnaam: name,
  voornamen: name,
  voorletters: name,
  geboortedatum: text,
});

export const rolSchema = z.object({
  zaak: text,
  betrokkeneType: text,
  omschrijving: name,
  omschrijvingGeneriek: name,
  roltoelichting: name,
  indicatieMachtiging: text,
  authenticatieContext: z.unknown().optional(),
  afwijkendeNaamBetrokkene: name,
  beginGeldigheid: text,
  eindeGeldigheid: text,
  betrokkeneIdentificatie: objectOrNone(personSchema),
});

export const eigenschapSchema = z.object({ naam: text, waarde: text });

export const resultaattypeSchema = z.object({ omschrijving: name, omschrijvingGeneriek: name });

export const resultaatSchema = z.object({
  resultaattype: text,
  _expand: objectOrNone(z.object({ resultaattype: objectOrNone(resultaattypeSchema) })),
});

/** What came with a case. Null: the registry did not send it, or it can't be read. */
const expansionSchema = z.object({
  zaaktype: objectOrNone(zaaktypeSchema),
  status: objectOrNone(expandedStatusSchema),
  resultaat: objectOrNone(resultaatSchema),
  rollen: rowsOf(rolSchema),
  eigenschappen: rowsOf(eigenschapSchema),
});
const NOTHING_EXPANDED = expansionSchema.parse({});

export const zaakSchema = z
  .object({
    url: text,
    uuid: text,
    identificatie: required,
    zaaktype: text,
    startdatum: moment,
    registratiedatum: text,
    einddatum: text,
    uiterlijkeEinddatumAfdoening: text,
    vertrouwelijkheidaanduiding: text,
    status: text,
    resultaat: text,
    verlenging: objectOrNone(z.object({ reden: name, duur: duration })),
    opschorting: objectOrNone(z.object({ indicatie: truth, reden: name })),
    kenmerken: rowsOf(z.object({ kenmerk: text, bron: text })),
    _expand: objectOrNone(expansionSchema),
  })
  .transform(({ uuid, zaaktype, _expand, ...zaak }) => ({
    ...zaak,
    uuid: uuid.toLowerCase() || idIn(zaak.url),
    zaaktype: zaaktype || (_expand?.zaaktype?.url ?? ''),
    _expand: _expand ?? NOTHING_EXPANDED,
  }))
  .refine(({ uuid, zaaktype }) => uuid !== '' && zaaktype !== '');

const envelope = z.object({ count: wholeOrNone, next: text, results: z.unknown().optional() });

/** A page of a list, or a bare list; a row that can't be read is null. */
export const pageOf = <T>(row: z.ZodType<T>) =>
  z.unknown().transform((value, context): Page<T> => {
    const read = envelopeIn(value);
    if (!read) {
      context.addIssue('is no page');
      return z.NEVER;
    }
    // No rows in any other form than an empty list are none only when the count says so too.
    const isGap = isNone(read.results) && read.count !== 0;
    return { ...read, results: isGap ? [null] : listIn(read.results).map((each) => readAs(row, each).data ?? null) };
  });

/** The same of a list that the standard does not page, so that a bare empty one is whole. */
export const unpagedOf = <T>(row: z.ZodType<T>) => {
  const none: Page<T> = { count: 0, next: '', results: [] };
  return z.union([z.tuple([]).transform(() => none), pageOf(row)]);
};

function envelopeIn(value: unknown): z.output<typeof envelope> | null {
  const only = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof only === 'object' && only !== null && ('results' in only || 'count' in only))
    return envelope.safeParse(only).data ?? null;
  return Array.isArray(value) && value.length > 0 ? { count: null, next: '', results: value } : null;
}

export type Zaak = z.output<typeof zaakSchema>;
export type Zaaktype = z.output<typeof zaaktypeSchema>;
export type Statustype = z.output<typeof statustypeSchema>;
export type Resultaattype = z.output<typeof resultaattypeSchema>;
export type Status = z.output<typeof statusSchema>;
export type Rol = z.output<typeof rolSchema>;
