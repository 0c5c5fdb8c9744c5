import { z } from 'zod';
import { jsonFile } from './json-file.server';

const textIn = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'is no language'), z.string().trim().min(1));

/** Texts for each desk, by the desk's key (`planner~key` with a named planner). */
export const desks = z.record(
  z.string().min(1),
  z.strictObject({
    stepFree: z.boolean().optional(),
    lift: z.boolean().optional(),
    quietRoom: z.boolean().optional(),
    transport: textIn.optional(),
    parking: textIn.optional(),
  }),
);

/** The name of a JSON file → its texts for each desk, by the desk's key (`planner~key` with a named planner). */
export const desksFromFile = jsonFile(desks, 'desks');
