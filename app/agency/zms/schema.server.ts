import { z } from 'zod';
import {
  amountOrNone,
  flagOrNone,
  inAnyForm,
  minutesOrNone,
  nameOrNone,
  needed,
  neededName,
  neededRows,
  neededWhole,
  objectOrNone,
  readAs,
  rowsOf,
  textOrNone,
} from '../field-values.server';

/**
 * Shapes of the ZMS citizen API, as far as the portal uses them. Its description promises numbers where the field sends
 * texts and the other way round, and a `data` wrapper that is missing in practice: both are accepted.
 */
const wrappedOrBare = <T>(schema: z.ZodType<T>) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && 'data' in value && value.data ? value.data : value),
    inAnyForm(schema),
  );

const contactSchema = z.object({
  street: nameOrNone,
  streetNumber: nameOrNone,
  postalCode: nameOrNone,
  city: nameOrNone,
});
export type Contact = z.output<typeof contactSchema>;

const providerSchema = objectOrNone(z.object({ contact: objectOrNone(contactSchema) }));

const scopeSchema = z.object({
  provider: providerSchema,
  reservationDuration: minutesOrNone,
  captchaActivatedRequired: flagOrNone,
  emailRequired: flagOrNone,
  telephoneActivated: flagOrNone,
  telephoneRequired: flagOrNone,
  customTextfieldActivated: flagOrNone,
  customTextfieldRequired: flagOrNone,
  customTextfieldLabel: nameOrNone,
  customTextfield2Activated: flagOrNone,
  customTextfield2Required: flagOrNone,
  customTextfield2Label: nameOrNone,
  infoForAppointment: textOrNone,
  hint: textOrNone,
});

const officeSchema = z.object({
  id: needed,
  name: neededName,
  address: objectOrNone(
    z.object({ street: nameOrNone, house_number: nameOrNone, postal_code: nameOrNone, city: nameOrNone }),
  ),
  slotTimeInMinutes: minutesOrNone,
  /** As it came: every change must send it back. */
  scope: z
    .unknown()
    .optional()
    .transform((sent) => {
      const read = readAs(scopeSchema, sent);
      return read.success ? { ...read.data, sent } : null;
    }),
});

const relationSchema = z.object({
  officeId: needed,
  serviceId: needed,
  slots: amountOrNone,
  public: flagOrNone,
  maxQuantity: amountOrNone,
});

const serviceSchema = z.object({ id: needed, maxQuantity: amountOrNone });

export const catalogueSchema = wrappedOrBare(
  z.object({
    offices: neededRows(officeSchema),
    services: rowsOf(serviceSchema),
    relations: neededRows(relationSchema),
  }),
);
export type Catalogue = z.output<typeof catalogueSchema>;
export type Office = z.output<typeof officeSchema>;

/** Epoch seconds. */
const start = neededWhole.pipe(z.number().min(1).max(8e9));
const calendarDay = z.object({
  date: textOrNone,
  /** The offices that are open on the day, separated by commas. */
  providerIDs: textOrNone,
  offices: rowsOf(z.object({ officeId: needed, appointments: rowsOf(start) })),
});
export const calendarSchema = wrappedOrBare(
  z.object({ availableDays: neededRows(calendarDay), nextBookableDate: textOrNone }),
);
export type Calendar = z.output<typeof calendarSchema>;

export const processSchema = wrappedOrBare(
  z.object({
    processId: neededWhole,
    authKey: needed.pipe(z.string().regex(/^[0-9a-zA-Z]+$/)),
    timestamp: textOrNone,
    status: textOrNone,
    displayNumber: nameOrNone,
    officeId: textOrNone,
    officeName: nameOrNone,
    scope: objectOrNone(z.object({ reservationDuration: minutesOrNone, provider: providerSchema })),
  }),
);
export type Process = z.output<typeof processSchema>;

const error = z.object({ errorCode: needed });
const errors = z.object({ errors: rowsOf(error).refine(({ rows }) => rows.length > 0) });
/** A list of errors, or one of them by itself, at the top or inside a wrapper. */
export const errorsSchema = z
  .union([
    errors,
    z.object({ data: errors }).transform(({ data }) => data),
    error.transform((only) => ({ errors: { rows: [only] } })),
    z.object({ error }).transform(({ error: only }) => ({ errors: { rows: [only] } })),
    z.object({ data: error }).transform(({ data: only }) => ({ errors: { rows: [only] } })),
  ])
  .transform(({ errors: { rows } }) => rows.map(({ errorCode }) => errorCode));
