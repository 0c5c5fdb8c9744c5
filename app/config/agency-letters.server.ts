import { z } from 'zod';
import { plainName } from '~/model/agency';
import { CONFIDENTIALITY, LETTER_FORMATS } from '~/model/letter';
import { words } from './agency-schema.server';

/** The largest letter that an agency can allow: a process keeps the whole of it in memory. */
export const MOST_MEGABYTES = 25;

/** `letters.json`: which documents of a case its people can open. Without it none. */
export const lettersFile = z
  .strictObject({
    /** Names of document types ("informatieobjecttype.omschrijving"), or their UUIDs. */
    types: z.array(words).min(1, 'needs the types of documents that are letters'),
    confidentiality: z
      .enum(CONFIDENTIALITY, { error: `is none of ${CONFIDENTIALITY.join(', ')}` })
      .default('zaakvertrouwelijk'),
    formats: z
      .array(z.enum(LETTER_FORMATS, { error: `is none of ${LETTER_FORMATS.join(', ')}` }))
      .min(1)
      .default(['pdf']),
    megabytes: z.int().min(1).max(MOST_MEGABYTES).default(10),
  })
  .transform(({ types, ...rest }) => ({ ...rest, types: types.map(plainName) }));
