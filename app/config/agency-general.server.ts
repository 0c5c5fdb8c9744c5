import { z } from 'zod';
import { plainName } from '~/model/agency';
import { LANGUAGES } from '~/model/language';
import { inLanguages, language, link, phoneNumber, words } from './agency-schema.server';
import { isZone } from './planners.server';
import { retention } from './retention.server';

/** A page of the agency with its name, both by language. A language without an address does not get the link. */
const ownPage = z.strictObject({ name: inLanguages(words), url: inLanguages(link) });

const minutes = z.int().min(1).max(1440);
const limits = z.strictObject({ idle: minutes, absolute: minutes });
const lower = words.transform(plainName);

/** `agency.json`: who the agency is, and what it decides for all its cases. */
export const generalFile = z.strictObject({
  name: words.optional(),
  phone: phoneNumber.optional(),
  zone: z.string().refine(isZone, 'is no IANA time zone').optional(),
  /** The languages that the portal offers, in the order of its menu. */
  languages: z
    .array(language)
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'names a language twice')
    .default([...LANGUAGES]),
  /** For readers of none of these languages. */
  language: language.optional(),
  /** The language in which the registry and its employees write. */
  ownLanguage: language.default('nl'),
  /** Of fees and penalties. */
  currency: z.enum(Intl.supportedValuesOf('currency'), { error: 'is no ISO 4217 code, such as EUR' }).default('EUR'),
  showOthers: z.boolean().default(true),
  /** Whether people can make a statement that their case is being handled. */
  statement: z.boolean().default(false),
  /** A law that comes with the portal, for a folder without `law.json`. */
  law: z.enum(['nl', 'unknown'], { error: "is neither 'nl' nor 'unknown'" }).optional(),
  properties: z
    .strictObject({
      invitation: lower.default('uitnodiging'),
      replyBy: lower.default('reactietermijn'),
      asked: lower.default('gevraagd'),
      link: lower.default('taaklink'),
      amount: lower.default('leges'),
      decided: lower.default('besluitdatum'),
      notified: lower.default('verzenddatum'),
      reactBy: lower.default('uiterlijke reactiedatum'),
      noticeReceived: lower.default('ingebrekestelling ontvangen'),
      vNumber: lower.default('v-nummer'),
    })
    .prefault({}),
  /** The independent body that takes complaints about the agency. */
  complaints: ownPage.optional(),
  /** Where addresses are shown on a map. */
  map: z
    .string()
    .includes('{address}', { error: 'has no {address}' })
    .refine((text) => link.safeParse(text.replaceAll('{address}', 'x')).success, 'is no https address')
    .refine((text) => !/^[^/]*\/\/[^/]*[{}]/.test(text), 'must not have the address in its host')
    .default('https://www.openstreetmap.org/search?query={address}'),
  links: z
    .strictObject({
      /** Who the agency is. */
      about: inLanguages(link).default({}),
      privacy: inLanguages(link).default({}),
      cookies: inLanguages(link).default({}),
      /** How to complain to the agency itself. */
      complaints: inLanguages(link).default({}),
      /** Its own accessibility statement, which then stands in place of the portal's. */
      accessibility: inLanguages(link).default({}),
      /** Further links of the footer. */
      more: z.array(ownPage).max(6, 'are more than 6 links').default([]),
    })
    .prefault({}),
  /** The harmless page to which the quick exit leads. */
  quickExit: link.optional(),
  /** Whether a group may come with fewer people than booked, or must call before. */
  fewerMayCome: z.enum(['yes', 'call'], { error: "is neither 'yes' nor 'call'" }).optional(),
  holdMinutes: minutes.optional(),
  /** The most emergency looks of one employee that wait for a second one, and in 24 hours. */
  emergencies: z.strictObject({ open: z.int().min(1).max(10), aDay: z.int().min(1).max(50) }).optional(),
  sessions: z
    .strictObject({ applicant: limits, advisor: limits, staff: limits, sharedIdle: minutes })
    .partial()
    .optional(),
  retention: retention.optional(),
});
export type General = z.output<typeof generalFile>;

/** The language for readers of none that the agency offers. */
export const defaultLanguage = ({ language, languages, ownLanguage }: General) =>
  language ?? (languages.includes(ownLanguage) ? ownLanguage : (languages[0] ?? 'nl'));
