/** What somebody filled in of a form that comes back to him, by the name of the field. */
export type Said = Readonly<Record<string, readonly string[]>>;

const LONGEST = 2_000;

/** The values of the named fields, so that they need not be typed again. A field that is not named, as a code, stays out. */
export const saidIn = (form: FormData, fields: readonly string[]): Said =>
  Object.fromEntries(fields.map((name) => [name, form.getAll(name).map((value) => String(value).slice(0, LONGEST))]));

/** The fields that a schema did not take, each by its name; a fault of the form as a whole names none. */
export const wrongIn = (error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): readonly string[] => [...new Set(error.issues.flatMap(({ path }) => path.slice(0, 1).map(String)))];
