import { z } from 'zod';
import { jsonIn } from '~/model/json-text';
import {
  flagOrNone,
  inAnyForm,
  minutesOrNone,
  nameOrNone,
  needed,
  neededDate,
  neededName,
  neededRows,
  neededTime,
  objectOrNone,
  rowsOf,
  textOrNone,
} from '../field-values.server';

/** Shapes of the Qmatic calendar API (v1 and v2), as far as the portal uses them. */

/** Settings of an installation, as JSON in a text or as an object; {} for none and for what is no JSON. */
const customSchema = z
  .unknown()
  .optional()
  .transform((value): Readonly<Record<string, unknown>> => {
    const parsed = typeof value === 'string' ? jsonIn(value) : value;
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : {};
  });

const branchFields = {
  addressLine1: nameOrNone,
  addressLine2: nameOrNone,
  addressZip: nameOrNone,
  addressCity: nameOrNone,
  timeZone: textOrNone,
  fullTimeZone: textOrNone,
};
const branchSchema = z.object({
  publicId: needed,
  name: neededName,
  ...branchFields,
  active: flagOrNone,
  virtual: flagOrNone,
  branchType: textOrNone,
  custom: customSchema,
});
export type Branch = z.output<typeof branchSchema>;

export const branchesSchema = z.object({ branchList: neededRows(branchSchema) });

/** Durations in minutes. */
const serviceSchema = z.object({
  publicId: needed,
  name: nameOrNone,
  duration: minutesOrNone,
  additionalCustomerDuration: minutesOrNone,
  active: flagOrNone,
  publicEnabled: flagOrNone,
  custom: customSchema,
});
export type Service = z.output<typeof serviceSchema>;

export const servicesSchema = z.object({ serviceList: neededRows(serviceSchema) });

/** Local midnights such as "2016-11-08T00:00:00"; only the date matters. */
export const datesSchema = z.object({ dates: neededRows(neededDate) });

export const timesSchema = z.object({ times: neededRows(neededTime) });

const appointment = z.object({
  publicId: needed,
  /** With an offset, "+0000" or "+00:00". */
  start: needed,
  end: textOrNone,
  /** A number, and at some installations a word. */
  status: textOrNone,
  customers: rowsOf(z.looseObject({})),
  /** Where it is: others may move it to another branch. */
  branch: objectOrNone(z.object({ publicId: needed, name: nameOrNone, ...branchFields })),
});
export type Appointment = z.output<typeof appointment>;

/** Bare in the answer to a POST, wrapped under its name in a GET. */
export const appointmentSchema = z.union([
  z.object({ appointment: inAnyForm(appointment) }).transform(({ appointment: inner }): Appointment => inner),
  appointment,
]);

export const appointmentsSchema = z.object({ appointmentList: rowsOf(appointment) });
