import type { AuditEvent } from '~/model/audit-event';
import { alarm, errorName } from '~/platform/log.server';
import { type Carried, type Source, withCarried } from './carried.server';
import { record } from './record.server';

/**
 * How an answer ended: all of it went, nothing of what was looked at went, or it broke off and part of it may have gone.
 * What went may not have arrived: nobody can know more here.
 */
export type Ending = 'sent' | 'not-sent' | 'broken-off';

export interface AnswerOnRecord {
  /** Makes the answer: every look that is put on record meanwhile is one that this answer carries. */
  make<T>(work: () => T): T;
  /** Once: a look that the answer did not carry to its end is marked as such, also one that comes on record later. */
  ended(how: Ending): void;
}

/**
 * Looks are on record before they are shown; this tells of those that were not, so that every look on record is either an
 * answer that went or marked. A process that dies in between leaves no mark: then the record says "may have seen".
 */
export function answerOnRecord(source: () => Source): AnswerOnRecord {
  const looks: Carried[] = [];
  let ending: Ending | null = null;
  return {
    make: (work) =>
      withCarried(
        source,
        (look) => {
          // Whatever comes on record after the answer's end was not in it.
          if (ending) mark(look, 'not-sent', source());
          else looks.push(look);
        },
        work,
      ),
    ended(how) {
      ending = how;
      if (how !== 'sent') for (const look of looks) mark(look, how, source());
    },
  };
}

function mark({ actor, act, operationId }: Carried, how: Exclude<Ending, 'sent'>, source: Source): void {
  const { grantId = null, callId = null, ground } = act;
  const said = { action: 'view-aborted', objectType: 'look', objectRef: operationId } as const;
  const about: Partial<AuditEvent> = {
    grantId,
    callId,
    ...(ground ? { ground } : {}),
    reason: how,
    result: 'failed',
    ...source,
  };
  record(actor, { ...said, ...about }).catch((error: unknown) =>
    alarm('audit-unavailable', { error: errorName(error) }),
  );
}
