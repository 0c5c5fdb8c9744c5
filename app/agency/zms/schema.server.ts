import { z } from 'zod';

/**
 * Shapes of the ZMS citizen API, as far as the portal uses them. Its description promises numbers where the field sends
 * texts and the other way round, and a `data` wrapper that is missing in practice: both are accepted.
 */
const id = z.union([z.string().min(1), z.number().int()]).transform(String);

const wrappedOrBare = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (typeof value === 'object' && value !== null && 'data' in value ? value.data : value),
    schema,
  );

const scopeSchema = z.looseObject({
  reservationDuration: z.number().positive().nullish().catch(null),
  captchaActivatedRequired: z.boolean().nullish().catch(null),
  customTextfieldActivated: z.boolean().nullish().catch(null),
  infoForAppointment: z.string().nullish().catch(null),
  hint: z.string().nullish().catch(null),
});

const officeSchema = z.object({
  id,
  name: z.string().nullish(),
  address: z
    .object({
      street: z.string().nullish(),
      house_number: z.string().nullish(),
      postal_code: z.string().nullish(),
      city: z.string().nullish(),
    })
    .nullish()
    .catch(null),
  slotTimeInMinutes: z.number().positive().nullish().catch(null),
  scope: scopeSchema.nullish().catch(null),
});

const relationSchema = z.object({
  officeId: id,
  serviceId: id,
  slots: z.number().int().positive().nullish().catch(null),
  public: z.boolean().nullish().catch(null),
  maxQuantity: z.number().int().nullish().catch(null),
});

const serviceSchema = z.object({ id, maxQuantity: z.number().int().nullish().catch(null) });

export const catalogueSchema = wrappedOrBare(
  z.object({
    offices: z.array(officeSchema),
    services: z.array(serviceSchema),
    relations: z.array(relationSchema),
  }),
);
export type Catalogue = z.output<typeof catalogueSchema>;
export type Office = z.output<typeof officeSchema>;

const calendarDay = z.object({
  offices: z.array(z.object({ officeId: id, appointments: z.array(z.number().int().min(0)).nullish() })).nullish(),
});
export const calendarSchema = wrappedOrBare(z.object({ availableDays: z.array(calendarDay) }));
export type Calendar = z.output<typeof calendarSchema>;

export const processSchema = wrappedOrBare(
  z.object({
    processId: z.number().int(),
    authKey: z.string().regex(/^[0-9a-zA-Z]+$/),
    timestamp: z.union([z.string(), z.number()]).nullish(),
    status: z.string().nullish(),
    displayNumber: z.union([z.string(), z.number()]).nullish(),
    scope: scopeSchema.nullish().catch(null),
  }),
);
export type Process = z.output<typeof processSchema>;

export const errorsSchema = z.object({ errors: z.array(z.object({ errorCode: z.string() })).min(1) });
