import type { WatchNoteView } from '~/appointment/watch/watch.server';
import { readEvent } from '~/audit/read-event.server';
import type { CaseView } from '~/case/case-view.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Language } from '~/model/language';
import { knownValue, type Loaded } from '~/model/loaded';
import { momentWords } from '~/platform/moment-words.server';
import { shownHash } from '~/platform/pseudonym.server';
import { lookedAt } from '~/store/audit.server';
import type { ViewGrant } from '~/store/view-grant.server';

/** The parts of a case's page, each by its heading. */
const PARTS = {
  stage: 'case:timeline.title',
  next: 'case:next.title',
  visit: 'case:visit.title',
  wait: 'case:wait.title',
  period: 'case:period.title',
  facts: 'case:facts.title',
} as const;
type Part = keyof typeof PARTS;

/** A keyed hash of the case and of each part of its page. Without the secret the hashes reveal nothing. */
export type ShownParts = Readonly<Record<Part | 'case', string>>;

const MOST = 5;

/** @param view in the same language at every look: another language would count as other content */
export function shownParts(view: CaseView, note: WatchNoteView | null): ShownParts {
  const { ref, reference, procedure, procedureName, stage, stageName, since, received, result, people, answer } = view;
  const hash = (part: string, content: unknown) => shownHash(ref, part, content);
  return {
    case: hash('case', null),
    stage: hash('stage', [procedure, procedureName, stage, stageName, since, content(view.timeline), answer?.decision]),
    next: hash('next', answer?.next),
    visit: hash('visit', [view.visit, note]),
    wait: hash('wait', view.wait && content(view.wait)),
    period: hash('period', answer?.period),
    facts: hash('facts', [reference, received, result, people]),
  };
}

/** The time of the answer is no content. */
const content = (loaded: Loaded<unknown>): unknown => [loaded.state, knownValue(loaded)];

/**
 * Earlier looks of employees at this case by the caller's code, and which parts of the page have changed since. No
 * content is stored for this. The last look of each call, newest first.
 */
export async function earlierLooks(grant: ViewGrant, now: ShownParts, language: Language) {
  const t = translatorOf(language);
  const calls = new Set([grant.id]);
  const looks = (await lookedAt(grant.owner, { daily: [], zone: config().AGENCY_ZONE })).flatMap(
    ({ at, body, notSent }) => {
      const event = notSent ? null : readEvent(body);
      if (event?.consent !== 'code' || event.shownParts?.case !== now.case) return [];
      if (event.grantId === null || calls.has(event.grantId)) return [];
      calls.add(event.grantId);
      const then = event.shownParts;
      const changed = PART_NAMES.filter((part) => then[part] !== now[part]);
      return [
        { id: event.operationId, when: momentWords(at, language), changed: changed.map((part) => t(PARTS[part])) },
      ];
    },
  );
  return looks.slice(0, MOST);
}

export type EarlierLook = Awaited<ReturnType<typeof earlierLooks>>[number];

const PART_NAMES: readonly Part[] = ['stage', 'next', 'visit', 'wait', 'period', 'facts'];
