import type { StoredChain } from '~/store/audit-reader.server';
import { readEvent } from './read-event.server';

export interface AnswerFault {
  readonly kind: 'answer-unrecorded';
  /** The request's last entry; 0 when it has none. */
  readonly seq: number;
}

const YES: ReadonlySet<string> = new Set(['approve-view', 'confirm-emergency']);
const NO: ReadonlySet<string> = new Set(['refuse-view', 'refuse-emergency']);

/** Entries of an answer. */
export const ANSWERING: ReadonlySet<string> = new Set([...YES, ...NO]);

/** Answers in the table of requests that the audit log does not have from the same employee: somebody put them there. */
export function answerFaults({ entries, answers }: Pick<StoredChain, 'entries' | 'answers'>): AnswerFault[] {
  if (answers.length === 0) return [];
  const logged = entries.flatMap(({ seq, body, columns }) => {
    const action = columns.action ?? '';
    const event = ANSWERING.has(action) ? readEvent(body) : null;
    return event?.result === 'done' ? [{ seq, event }] : [];
  });
  return answers.flatMap(({ request, by, isRefused }) => {
    const own = logged.filter(({ event }) => event.objectRef === request);
    const isLogged = own.some(({ event }) => event.actor === by && (isRefused ? NO : YES).has(event.action));
    return isLogged ? [] : [{ kind: 'answer-unrecorded', seq: own.at(-1)?.seq ?? 0 }];
  });
}
