import { desc, type InferSelectModel } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { estimateSwitch } from './schema/estimate.server';
import { db } from './store.server';

export type SwitchChange = Readonly<InferSelectModel<typeof estimateSwitch>>;
export type Switched = Pick<SwitchChange, 'procedure' | 'trust' | 'reason'>;

/** The current setting of each procedure that was ever switched. */
export async function switches(): Promise<Switched[]> {
  const { procedure, trust, reason, id } = estimateSwitch;
  return db()
    .selectDistinctOn([procedure], { procedure, trust, reason })
    .from(estimateSwitch)
    .orderBy(procedure, desc(id));
}

export async function switchLog(most: number): Promise<SwitchChange[]> {
  return db().select().from(estimateSwitch).orderBy(desc(estimateSwitch.id)).limit(most);
}

/** Stores a change. @param setBy the employee, as the sign-in provider names them */
export async function setSwitch(change: Switched, setBy: string, setAt: Temporal.Instant): Promise<void> {
  await db()
    .insert(estimateSwitch)
    .values({ ...change, setBy, setAt });
}
