import { gte, type InferSelectModel, lt, sql } from 'drizzle-orm';
import { countedForm, pageAnswer } from './schema/page-answer.server';
import { db } from './store.server';

type Row = Readonly<InferSelectModel<typeof pageAnswer>>;

/** Counts an answer, once for each form. Returns false for a form that was counted before. */
export const countPageAnswer = (formHash: string, answer: Omit<Row, 'count'>): Promise<boolean> =>
  db().transaction(async (transaction) => {
    const first = await transaction
      .insert(countedForm)
      .values({ formHash, countedAt: sql`now()` })
      .onConflictDoNothing()
      .returning({ formHash: countedForm.formHash });
    if (first.length === 0) return false;
    const { day, page, procedure, stage, language, answer: given } = pageAnswer;
    await transaction
      .insert(pageAnswer)
      .values({ ...answer, count: 1 })
      .onConflictDoUpdate({
        target: [day, page, procedure, stage, language, given],
        set: { count: sql`${pageAnswer.count} + 1` },
      });
    return true;
  });

/** The counts since a day (ISO), of all languages together. */
export const pageAnswersSince = (day: string): Promise<Omit<Row, 'language'>[]> =>
  db()
    .select({
      day: pageAnswer.day,
      page: pageAnswer.page,
      procedure: pageAnswer.procedure,
      stage: pageAnswer.stage,
      answer: pageAnswer.answer,
      count: sql<number>`sum(${pageAnswer.count})::int`,
    })
    .from(pageAnswer)
    .where(gte(pageAnswer.day, day))
    .groupBy(pageAnswer.day, pageAnswer.page, pageAnswer.procedure, pageAnswer.stage, pageAnswer.answer);

/** Counts go after 25 months, so that a month can be compared with those of two years before. */
export async function deleteOldPageAnswers(): Promise<void> {
  await db().delete(pageAnswer).where(lt(pageAnswer.day, sql`(current_date - interval '25 months')::date`));
  await db().delete(countedForm).where(lt(countedForm.countedAt, sql`now() - interval '1 day'`));
}
