import { getTableColumns, type InferSelectModel, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type MandateState, mandateStateAt, subMandateState } from '~/model/mandate';
import { mandate } from './schema/mandate.server';
import { ownerKeys, seal, unseal } from './seal.server';

/** The names that both sides use, sealed in the table. */
const namesSchema = z.object({
  client: z.string(),
  advisor: z.string(),
  firm: z.string(),
  references: z.array(z.string()).readonly(),
  /** For a colleague's mandate: the advisor whose client it is. */
  standsInFor: z.string().optional(),
});
export type MandateNames = Readonly<z.infer<typeof namesSchema>>;

/** A mandate at the moment of reading: `state` already reflects the time. */
export interface Mandate extends Omit<InferSelectModel<typeof mandate>, 'names'> {
  readonly names: MandateNames;
}

/** Not the transaction's start, which may have waited for a lock: an end must not be dated before its request. */
export const NOW = sql`clock_timestamp()`;

/** The row with the database's own time, the only clock by which it is judged. */
export const COLUMNS = {
  ...getTableColumns(mandate),
  // Written out, because a bare column name would refer to the outer row.
  parentState: sql<MandateState | null>`(select above.state from mandate above where above.id = mandate.parent)`,
  databaseNow: sql<Temporal.Instant>`now()`.mapWith(mandate.offeredAt),
};

type Row = InferSelectModel<typeof mandate> & {
  readonly parentState: MandateState | null;
  readonly databaseNow: Temporal.Instant;
};

export function read({ databaseNow, parentState, names, ...row }: Row): Mandate {
  const state = subMandateState(mandateStateAt(row.state, row, databaseNow), parentState);
  return { ...row, state, names: openNames(row.id, names) };
}

/** Sealed under the permanent secret: a mandate outlives the session secret. */

export const sealNames = (id: string, names: MandateNames): Buffer =>
  seal(JSON.stringify(names), `mandate ${id}`, ownerKeys());

function openNames(id: string, sealed: Buffer): MandateNames {
  const text = unseal(sealed, `mandate ${id}`, ownerKeys());
  const names = namesSchema.safeParse(text === null ? null : JSON.parse(text));
  return names.data ?? { client: '', advisor: '', firm: '', references: [] };
}
