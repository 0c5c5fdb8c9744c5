import { z } from 'zod';

/**
 * What the portal reads of ZGW Zaken 1.5 and Catalogi 1.3: unknown fields are dropped, optional ones have a default,
 * fields that a page needs are required. Implementations send "" for unset URLs.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const optionalDate = z.iso
  .date()
  .nullish()
  .transform((date) => date ?? null);
/** A date or an instant, unchecked; null when there is none. */
const moment = z
  .string()
  .nullish()
  .transform((text) => text || null);
const duration = z
  .string()
  .regex(/^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

const zaaktypeSchema = z.object({
  url: z.string().min(1),
  identificatie: z.string().min(1),
  omschrijving: z.string().min(1),
  doorlooptijd: duration,
  verlengingstermijn: duration,
});

export const statustypeSchema = z.object({
  url: z.string().min(1),
  omschrijving: z.string().min(1),
  statustekst: text,
  // Registries like eSuite send none: the order of the answer then replaces it.
  volgnummer: z.number().int().nullish(),
  isEindstatus: z.boolean().default(false),
});

export const statusSchema = z.object({
  url: text,
  statustype: z.string().min(1),
  // An instant, a wall time or a bare date; each begins with a day.
  datumStatusGezet: z.string().refine((moment) => z.iso.date().safeParse(moment.slice(0, 10)).success),
  statustoelichting: text,
});

const personSchema = z.object({
  inpBsn: text,
  anpIdentificatie: text,
  geslachtsnaam: text,
  voorvoegselGeslachtsnaam: text,
  voornamen: text,
  voorletters: text,
  geboortedatum: z.string().nullish(),
});

export const rolSchema = z.object({
  betrokkeneType: z.string(),
  omschrijving: text,
  omschrijvingGeneriek: text,
  roltoelichting: text,
  indicatieMachtiging: text,
  authenticatieContext: z.unknown().optional(),
  // Days: some registries send instants.
  beginGeldigheid: moment,
  eindeGeldigheid: moment,
  betrokkeneIdentificatie: z.unknown().transform((value) => personSchema.safeParse(value).data ?? null),
});

const eigenschapSchema = z.object({ naam: text, waarde: text });

export const zaakSchema = z.object({
  url: z.string().min(1),
  uuid: z.string().min(1),
  identificatie: z.string().min(1),
  zaaktype: z.string().min(1),
  startdatum: z.iso.date(),
  einddatum: optionalDate,
  uiterlijkeEinddatumAfdoening: optionalDate,
  verlenging: z.object({ reden: text, duur: duration }).nullish(),
  opschorting: z.object({ indicatie: z.boolean(), reden: text }).nullish(),
  kenmerken: z.array(z.object({ kenmerk: z.string(), bron: z.string() })).default([]),
  _expand: z
    .object({
      zaaktype: zaaktypeSchema.optional(),
      status: statusSchema
        .extend({ _expand: z.object({ statustype: statustypeSchema.optional() }).default({}) })
        .nullish(),
      resultaat: z
        .object({
          toelichting: text,
          _expand: z.object({ resultaattype: z.object({ omschrijving: text }).optional() }).default({}),
        })
        .nullish(),
      rollen: z.array(rolSchema).default([]),
      eigenschappen: z.array(eigenschapSchema).default([]),
    })
    .prefault({}),
});

export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ count: z.number().int(), next: z.string().nullish(), results: z.array(row) });

export type Zaak = z.infer<typeof zaakSchema>;
export type Statustype = z.infer<typeof statustypeSchema>;
export type Status = z.infer<typeof statusSchema>;
export type Rol = z.infer<typeof rolSchema>;
