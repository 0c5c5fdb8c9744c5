/** What somebody filled in of a form that comes back to him, by the name of the field. */
export type Said = Readonly<Record<string, readonly string[]>>;

const LONGEST = 2_000;

/** The values of the named fields, so that they need not be typed again. A field that is not named, as a code, stays out. */
export const saidIn = (form: FormData, fields: readonly string[]): Said =>
  Object.fromEntries(fields.map((name) => [name, form.getAll(name).map((value) => String(value).slice(0, LONGEST))]));
