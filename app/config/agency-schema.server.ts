import { z } from 'zod';
import { PRODUCTS } from '~/model/appointment';
import { LANGUAGES } from '~/model/language';

/** Values of many files of an agency's folder. */
export const words = z.string({ error: 'is missing' }).trim().min(1, 'is empty');
export const key = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is no key such as registration-interview');
export const language = z.enum(LANGUAGES, { error: `is none of the languages ${LANGUAGES.join(', ')}` });
export const inLanguages = <T extends z.ZodType>(text: T) => z.partialRecord(language, text);
export const product = z.enum(PRODUCTS, { error: `is none of ${PRODUCTS.join(', ')}` });

/** In the groups in which people read it out. */
export const phoneNumber = z.string().regex(/^\+?[\d\s().-]*\d[\d\s().-]*$/, 'is no telephone number');

/** A page that people are led to. Without TLS others on their network could read or change it. */
export const link = z.url({ protocol: /^https$/, error: 'is no address such as https://agency.example/' });
