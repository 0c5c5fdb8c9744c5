import { z } from 'zod';

/** Where calls are written down. Part of the portal's settings. */
export const contactSettings = {
  /** A Klantinteracties API (OpenKlant 2), such as …/klantinteracties/api/v1; without it calls are written nowhere. */
  KLANTINTERACTIES_URL: z
    .url({ protocol: /^https?$/, error: 'is no http(s) URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  KLANTINTERACTIES_TOKEN: z.string().trim().min(1, 'is missing').optional(),
  /** What that API calls the telephone (`kanaal`). */
  KLANTINTERACTIES_CHANNEL: z.string().trim().min(1).max(50, 'has more than 50 characters').default('telefoon'),
};

type Settings = Readonly<Partial<Record<'KLANTINTERACTIES_URL' | 'KLANTINTERACTIES_TOKEN', string | undefined>>>;

/** Faults of settings that only make sense together. */
export const contactFaults = ({ KLANTINTERACTIES_URL, KLANTINTERACTIES_TOKEN }: Settings): string[] =>
  KLANTINTERACTIES_URL !== undefined && KLANTINTERACTIES_TOKEN === undefined
    ? ['KLANTINTERACTIES_TOKEN: is missing']
    : [];
