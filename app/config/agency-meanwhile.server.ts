import { z } from 'zod';
import { TOPICS } from '~/model/meanwhile';
import { inLanguages, key, link, words } from './agency-schema.server';

/** `meanwhile.json`: what people may and can do while they wait, by procedure and stage. */
export const meanwhileFile = z.array(
  z
    .strictObject({
      topic: z.enum(TOPICS, { error: `is none of ${TOPICS.join(', ')}` }),
      procedures: z.array(key).default([]),
      stages: z.array(key).default([]),
      texts: inLanguages(words).default({}),
      url: inLanguages(link).default({}),
    })
    .refine(({ texts, url }) => Object.keys({ ...texts, ...url }).length > 0, 'needs a text or a page'),
);
