import { z } from 'zod';
import { isIban } from '~/model/ways';
import { inLanguages, key, link, phoneNumber, product, words } from './agency-schema.server';

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
const phone = z.strictObject({ kind: z.literal('phone'), number: phoneNumber, ...common });
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

/** `ways.json`: how people hand in papers, pay, answer an intention, object, send a notice of default and make an appointment. */
export const waysFile = z.strictObject({
  papers: sending,
  respond: sending,
  objection: sending,
  notice: sending,
  /** To say that one can't come to the agency's own invitation. */
  invitation: z.array(z.discriminatedUnion('kind', [online, phone, email])).default([]),
  /** For visits that no planner can book. */
  visit: z.array(z.discriminatedUnion('kind', [online, phone, email, desk])).default([]),
  pay: z.array(z.discriminatedUnion('kind', [online, transfer, desk])).default([]),
});

/** `papers.json`: key → the registry's words for a paper, and its name in each language. */
export const papersFile = z.record(
  key,
  z.strictObject({ names: z.array(words).default([]), texts: inLanguages(words).default({}) }),
);
