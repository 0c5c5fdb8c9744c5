import { z } from 'zod';

/** Shapes of the Qmatic calendar API (v1 and v2), as far as the portal uses them. */
const branchSchema = z.object({
  publicId: z.string().min(1),
  name: z.string().min(1),
  addressLine1: z.string().nullish(),
  addressLine2: z.string().nullish(),
  addressZip: z.string().nullish(),
  addressCity: z.string().nullish(),
  timeZone: z.string().nullish(),
  fullTimeZone: z.string().nullish(),
});
export type Branch = z.output<typeof branchSchema>;

export const branchesSchema = z.object({ branchList: z.array(branchSchema) });

/** Durations in minutes. */
const serviceSchema = z.object({
  publicId: z.string().min(1),
  name: z.string(),
  duration: z.number().positive(),
  additionalCustomerDuration: z.number().min(0).nullish(),
});
export type Service = z.output<typeof serviceSchema>;

export const servicesSchema = z.object({ serviceList: z.array(serviceSchema) });

/** Local midnights such as "2016-11-08T00:00:00"; only the date matters. */
export const datesSchema = z.object({
  dates: z.array(
    z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}(T|$)/)
      .transform((text) => text.slice(0, 10)),
  ),
});

export const timesSchema = z.object({ times: z.array(z.string().regex(/^\d{1,2}:\d{2}$/)) });

const appointment = z.object({
  publicId: z.string().min(1),
  /** With an offset, "+0000" or "+00:00". */
  start: z.string(),
  end: z.string().nullish(),
  status: z.number().int(),
  customers: z.array(z.unknown()).nullish(),
});
export type Appointment = z.output<typeof appointment>;

/** Bare in the answer to a POST, wrapped under its name in a GET. */
export const appointmentSchema = z.union([
  z.object({ appointment }).transform(({ appointment: inner }): Appointment => inner),
  appointment,
]);

export const appointmentsSchema = z.object({ appointmentList: z.array(appointment) });
