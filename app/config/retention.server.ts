import { z } from 'zod';
import { DEFAULT_RETENTION } from '~/model/retention';
import { fromJson } from './json-file.server';

const period = (fallback: string) =>
  z
    .string()
    .regex(/^P(?=\d)(\d{1,3}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?$/, 'is no period such as P18M')
    .refine((text) => /[1-9]/.test(text), 'is no period such as P18M')
    .default(fallback);

/** The periods that differ from the default. */
export const retention = z.strictObject({
  looks: period(DEFAULT_RETENTION.looks),
  ownActs: period(DEFAULT_RETENTION.ownActs),
  codes: period(DEFAULT_RETENTION.codes),
  ended: period(DEFAULT_RETENTION.ended),
  addresses: period(DEFAULT_RETENTION.addresses),
  reports: period(DEFAULT_RETENTION.reports),
  bookings: period(DEFAULT_RETENTION.bookings),
  mandates: period(DEFAULT_RETENTION.mandates),
  ownFiles: period(DEFAULT_RETENTION.ownFiles),
  messages: period(DEFAULT_RETENTION.messages),
});

/** RETENTION: the same as JSON. */
export const retentionFromJson = fromJson.pipe(retention);
