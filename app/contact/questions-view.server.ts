import { within } from '~/agency/budget.server';
import { asOfNow } from '~/agency/shared-answer.server';
import { caseView, knownCases } from '~/case/case-view.server';
import { config } from '~/config/config.server';
import { requireViewer } from '~/identity/session.server';
import { isOver } from '~/model/case-state';
import { featureOn } from '~/model/effect/plan';
import { fresh, knownValue } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { today } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';

/** With more of them the list of cases tells it better. */
const MOST_CASES = 3;

/** Numbers and hours do not wait longer for the cases, in milliseconds. */
const BUDGET = 2_500;

/**
 * What people ask most, answered for each case of the applicant who asks, running ones first. Null when there is none, when there
 * are many, and when they can't be had in time: the page of contact stands without them.
 */
export async function ownQuestions(request: Request): Promise<QuestionsView | null> {
  try {
    const viewer = await requireViewer(request);
    return knownValue(await within(BUDGET, async () => fresh(await questionsOf(viewer), asOfNow()))) ?? null;
  } catch (error) {
    log('questions-without-cases', { error: errorName(error) }, 'warn');
    return null;
  }
}

export async function questionsOf(viewer: Viewer) {
  const loaded = await knownCases(viewer);
  const day = today(config().AGENCY_ZONE).toString();
  const plan = config().AGENCY_DIR.effect;
  const cases = (knownValue(loaded) ?? []).filter(({ procedure }) => featureOn(plan, 'own-answers', procedure, day));
  const running = cases.filter(({ state }) => !isOver(state));
  const asked = running.length > 0 ? running : cases;
  if (asked.length === 0 || asked.length > MOST_CASES) return null;
  const kept = loaded.state === 'kept' ? loaded : null;
  return Promise.all(asked.map((theCase) => caseView(viewer, { theCase, kept })));
}

export type QuestionsView = NonNullable<Awaited<ReturnType<typeof questionsOf>>>;
