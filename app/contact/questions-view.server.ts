import { caseView, knownCases } from '~/case/case-view.server';
import { isOver } from '~/model/case-state';
import { knownValue } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';

/** With more of them the list of cases tells it better. */
const MOST_CASES = 3;

/**
 * What people ask most, answered for each of the viewer's cases, running ones first. Null when the cases can't be asked for, when
 * there is none, and when there are many.
 */
export async function questionsView(viewer: Viewer) {
  const cases = knownValue(await knownCases(viewer)) ?? [];
  const running = cases.filter(({ state }) => !isOver(state));
  const asked = running.length > 0 ? running : cases;
  if (asked.length === 0 || asked.length > MOST_CASES) return null;
  return Promise.all(asked.map((theCase) => caseView(viewer, { theCase })));
}

export type QuestionsView = NonNullable<Awaited<ReturnType<typeof questionsView>>>;
