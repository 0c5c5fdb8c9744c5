import { and, desc, eq, gt, lte, notInArray } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { draft } from './schema/draft.server';
import { seal, unseal } from './seal.server';
import { db, lastingKeys } from './store.server';

/** Whose form it is (a keyed hash), and its address without language and query. */
interface FormOf {
  readonly subject: string;
  readonly page: string;
}

/** How many forms of one person are kept. */
const MOST = 5;

/** Keeps a form's content, sealed. Replaces that of the same form, and forgets the person's oldest beyond `MOST`. */
export async function saveDraft(form: FormOf, content: string, expiresAt: Temporal.Instant): Promise<void> {
  const fields = seal(content, contextOf(form), lastingKeys());
  await db().transaction(async (within) => {
    await within
      .insert(draft)
      .values({ ...form, fields, expiresAt })
      .onConflictDoUpdate({ target: [draft.subject, draft.page], set: { fields, expiresAt } });
    const newest = within
      .select({ page: draft.page })
      .from(draft)
      .where(eq(draft.subject, form.subject))
      .orderBy(desc(draft.expiresAt), desc(draft.page))
      .limit(MOST);
    await within.delete(draft).where(and(eq(draft.subject, form.subject), notInArray(draft.page, newest)));
  });
}

/** A form's content; null when nothing is kept, it expired, or no key opens it. */
export async function readDraft(form: FormOf, now: Temporal.Instant): Promise<string | null> {
  const [row] = await db()
    .select({ fields: draft.fields })
    .from(draft)
    .where(and(isOf(form), gt(draft.expiresAt, now)));
  return row ? unseal(row.fields, contextOf(form), lastingKeys()) : null;
}

/** Whether anything is kept for a person. */
export async function hasDrafts(subject: string, now: Temporal.Instant): Promise<boolean> {
  const found = await db()
    .select({ page: draft.page })
    .from(draft)
    .where(and(eq(draft.subject, subject), gt(draft.expiresAt, now)))
    .limit(1);
  return found.length > 0;
}

export async function deleteDraft(form: FormOf): Promise<void> {
  await db().delete(draft).where(isOf(form));
}

export async function deleteOldDrafts(now: Temporal.Instant): Promise<void> {
  await db().delete(draft).where(lte(draft.expiresAt, now));
}

const isOf = ({ subject, page }: FormOf) => and(eq(draft.subject, subject), eq(draft.page, page));

const contextOf = ({ subject, page }: FormOf): string => `draft\n${subject}\n${page}`;
