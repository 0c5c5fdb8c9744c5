import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { config } from '~/config/config.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import type { Language } from '~/model/language';
import { type AnsweredPage, ASKING_PAGES, PAGE_ANSWERS } from '~/model/page-answer';
import { today } from '~/platform/clock.server';
import { pageAnswers } from '~/platform/metrics.server';
import { formHash } from '~/platform/pseudonym.server';
import { countPageAnswer } from '~/store/page-answer.server';

/**
 * What a page's form asks about. `once` is a random number: a form that is sent twice counts once, and nothing tells who sent
 * it. Readers who get the same cached page within a minute share it.
 */
export const askedAbout = (
  page: AnsweredPage['page'],
  procedure: string | null = null,
  stage: string | null = null,
) => ({ page, procedure, stage, once: randomUUID() });

export type AskedAbout = ReturnType<typeof askedAbout>;

/** A key of the agency's folder; "" for none, and for one that the folder does not have. */
const key = (known: () => readonly string[]) =>
  z
    .string()
    .nullable()
    .transform((text) => (text !== null && known().includes(text) ? text : ''));

const formSchema = z.object({
  page: z.enum(ASKING_PAGES),
  answer: z.enum(PAGE_ANSWERS),
  procedure: key(() => procedureKeys(config().AGENCY_DIR)),
  stage: key(() => stageKeys(config().AGENCY_DIR)),
  once: z.uuid(),
});

/** Counts a tap. Returns what was tapped; null for a form that this portal does not make. */
export async function takePageAnswer(form: FormData, language: Language): Promise<'yes' | 'no' | 'missing' | null> {
  const field = (name: string) => form.get(name);
  const read = formSchema.safeParse({
    page: field('page'),
    answer: field('answer'),
    procedure: field('procedure'),
    stage: field('stage'),
    once: field('once'),
  });
  if (!read.success) return null;
  const { once, ...tapped } = read.data;
  const step = tapped.answer === 'yes' || tapped.answer === 'no' ? tapped.answer : 'missing';
  const hash = formHash(`${once} ${step === 'missing' ? step : 'first'}`);
  const isNew = await countPageAnswer(hash, { ...tapped, language, day: today(config().AGENCY_ZONE).toString() });
  if (isNew) pageAnswers.inc({ page: tapped.page, answer: tapped.answer });
  return step;
}
