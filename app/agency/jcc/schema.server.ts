import { z } from 'zod';
import {
  amountOrNone,
  flagOrNone,
  isNone,
  minutesOrNone,
  nameOrNone,
  needed,
  neededName,
  neededRows,
  neededToken,
  objectOrNone,
  textOrNone,
  wholeOrNone,
} from '../field-values.server';

/** Shapes of the JCC API (warp-api v1), as far as the portal uses them. A field without a value is left out. */

/** `expires_in` in seconds. */
export const tokenSchema = z.object({ access_token: neededToken, expires_in: amountOrNone });

const activity = z.object({
  id: needed,
  /** Most of it in one appointment; 0 for no limit. */
  maxCountForEvent: amountOrNone,
});
export type Activity = z.output<typeof activity>;
export const activitiesSchema = neededRows(activity);

const address = z.object({
  streetName: nameOrNone,
  houseNumber: nameOrNone,
  houseNumberSuffix: nameOrNone,
  postalCode: nameOrNone,
  city: nameOrNone,
});
const location = z.object({
  id: needed,
  description: neededName,
  isActive: flagOrNone,
  address: objectOrNone(address),
});
export type Location = z.output<typeof location>;
export const locationsSchema = neededRows(location);

/** Local midnights of the first and the last day that can be booked. */
const day = textOrNone.transform((text) => /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? null);
export const dateRangeSchema = z.object({ minDate: day, maxDate: day });

/** A local time such as "2026-08-21T15:40:00". One with an offset would be on another clock. */
const wallTime = needed
  .transform((text) => /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::00(?:\.0+)?)?$/.exec(text))
  .transform((found, context) => {
    const [, date, time] = found ?? [];
    if (date && time) return { date, time };
    context.addIssue({ code: 'custom', message: 'is no local time' });
    return z.NEVER;
  });

export const timesSchema = z.object({
  availableTimesList: neededRows(wallTime),
  /** In seconds, for the whole party; here in minutes. */
  appointmentDuration: amountOrNone.transform((seconds) => minutesOrNone.parse(seconds === null ? null : seconds / 60)),
});

/** What the API wants to know of a visitor: 0 it may be told, 1 it is hidden, 2 it is required. */
export const fieldsSchema = z.record(z.string(), z.unknown()).transform((states) => {
  const having = (state: number) =>
    Object.entries(states).flatMap(([name, value]) => (wholeOrNone.parse(value) === state ? [name] : []));
  return {
    hidden: having(1).filter(isField),
    required: having(2).filter(isField),
    needsPhone: flagOrNone.parse(states.isAnyPhoneNumberRequired) === true,
  };
});
export type CustomerFields = z.output<typeof fieldsSchema>;
const isField = (name: string) => !/^(is|are)[A-Z]|^(id|auditId|revision)$/.test(name);

/** The answer to a change. It may be a refusal although its status is 200. */
export const acknowledgedSchema = z
  .object({
    id: textOrNone,
    acknowledgeIsSuccess: flagOrNone,
    message: textOrNone,
    validateErrors: z.unknown().optional(),
  })
  .transform(({ id, acknowledgeIsSuccess, message, validateErrors }) => ({
    id,
    refused: acknowledgeIsSuccess === false,
    words: `${message ?? ''} ${isNone(validateErrors) ? '' : JSON.stringify(validateErrors)}`,
  }));

export const appointmentSchema = z.object({
  id: needed,
  startDateTime: textOrNone,
  endDateTime: textOrNone,
  location: objectOrNone(z.object({ id: needed, description: nameOrNone })),
});
export type Appointment = z.output<typeof appointmentSchema>;
