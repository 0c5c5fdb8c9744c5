import { z } from 'zod';
import { PRODUCTS } from '~/model/appointment';
import { LANGUAGES } from '~/model/language';
import { isIban } from '~/model/ways';

export const words = z.string({ error: 'is missing' }).trim().min(1, 'is empty');
export const key = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is no key such as registration-interview');
export const language = z.enum(LANGUAGES, { error: `is none of the languages ${LANGUAGES.join(', ')}` });
export const inLanguages = <T extends z.ZodType>(text: T) => z.partialRecord(language, text);
export const product = z.enum(PRODUCTS, { error: `is none of ${PRODUCTS.join(', ')}` });

/** A page that people are led to. Without TLS others on their network could read or change it. */
const link = z.url({ protocol: /^https$/, error: 'is no address such as https://agency.example/' });

const common = { procedures: z.array(key).default([]), note: inLanguages(words).default({}) };

/** The reference may stand in the path or the query, where it is encoded. */
const linkWithReference = z
  .string()
  .refine((text) => link.safeParse(text.replaceAll('{reference}', 'x')).success, 'is no https address')
  .refine((text) => !/^[^/]*\/\/[^/]*[{}]/.test(text), 'must not have the reference in its host')
  .refine((text) => !/[{}]/.test(text.replaceAll('{reference}', '')), 'may hold {reference} and no other placeholder');

const online = z.strictObject({ kind: z.literal('online'), url: linkWithReference, ...common });
const post = z.strictObject({ kind: z.literal('post'), address: z.array(words).min(2).max(8), ...common });
const email = z.strictObject({ kind: z.literal('email'), address: z.email('is no e-mail address'), ...common });
const desk = z.strictObject({ kind: z.literal('desk'), product: product.nullable().default(null), ...common });
const transfer = z.strictObject({
  kind: z.literal('transfer'),
  name: words,
  iban: words.refine(isIban, 'is no account number (IBAN)'),
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z\d]{2}([A-Z\d]{3})?$/, 'is no BIC')
    .nullable()
    .default(null),
  ...common,
});

const sending = z.array(z.discriminatedUnion('kind', [online, post, email, desk])).default([]);

/** `ways.json`: how people hand in papers, pay, answer an intention, object, and send a notice of default. */
export const waysFile = z.strictObject({
  papers: sending,
  respond: sending,
  objection: sending,
  notice: sending,
  pay: z.array(z.discriminatedUnion('kind', [online, transfer, desk])).default([]),
});

/** `papers.json`: key → the registry's words for a paper, and its name in each language. */
export const papersFile = z.record(
  key,
  z.strictObject({ names: z.array(words).default([]), texts: inLanguages(words).default({}) }),
);
