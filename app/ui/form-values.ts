export type FormValues = Readonly<Record<string, readonly string[]>>;

const LONGEST = 4_000;

/** The values of the named fields. A field that is not named, such as a code, stays out. */
export const valuesIn = (form: FormData, fields: readonly string[]): FormValues =>
  Object.fromEntries(fields.map((name) => [name, form.getAll(name).map((value) => String(value).slice(0, LONGEST))]));

/** The names of the fields that a schema refused; a fault of the whole form has none. */
export const refusedFields = (error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): readonly string[] => [...new Set(error.issues.flatMap(({ path }) => path.slice(0, 1).map(String)))];
