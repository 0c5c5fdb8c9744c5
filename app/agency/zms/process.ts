import { Temporal } from 'temporal-polyfill';
import type { FoundBooking } from '../planner-port';
import type { Process } from './schema.server';

/** The keys of an appointment at the API, and its office. */
export interface ProcessKeys {
  readonly processId: number;
  readonly authKey: string;
  readonly officeId: string;
}

/** The stored form; the same for a hold and the booking that it becomes. */
export const handleOf = ({ processId, authKey, officeId }: ProcessKeys): string =>
  `${processId}.${authKey}.${officeId}`;

/** Null for anything that is not a handle of this adapter. */
export function keysIn(handle: string): ProcessKeys | null {
  const [, processId, authKey, officeId] = /^(\d{1,15})\.([0-9a-zA-Z]+)\.(.+)$/.exec(handle) ?? [];
  return processId && authKey && officeId ? { processId: Number(processId), authKey, officeId } : null;
}

/**
 * Maps an appointment's state. The API's enumeration of 16 values has many for a visit under way. Null for none and for an
 * unknown one, which is no proof of a cancellation.
 */
export function stateOf({ status }: Process): FoundBooking['state'] | null {
  switch (status?.toLowerCase()) {
    case 'reserved':
      return 'held';
    case 'preconfirmed':
      return 'awaiting-mail';
    case 'confirmed':
      return 'booked';
    case 'queued':
    case 'called':
    case 'processing':
    case 'pending':
    case 'parked':
    case 'pickup':
    case 'finished':
    case 'missed':
    case 'archived':
      return 'past';
    case 'deleted':
    case 'blocked':
    case 'free':
    case 'conflict':
    case 'anonymized':
      return 'cancelled';
    default:
      return null;
  }
}

/** The number that the counter calls; the process number where the office has none. */
export const codeOf = ({ displayNumber, processId }: Process): string => String(displayNumber || processId);

export function startOf({ timestamp }: Process): string | null {
  const seconds = Number(timestamp ?? Number.NaN);
  return Number.isInteger(seconds) && seconds > 0 && seconds < 8e9
    ? Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()
    : null;
}
