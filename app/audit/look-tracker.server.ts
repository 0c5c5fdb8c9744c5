import type { AuditEvent } from '~/model/audit-event';
import { addAuditEntry } from './audit-entry.server';
import { type Asker, collectingLooks, type LoggedLook, type Source } from './logged-look.server';
import { noteAct } from './noted-act.server';
import { noteRefusedRequest, type RefusedRequest } from './refused-request.server';

/**
 * How an answer ended: sent whole, nothing of the look sent, or broken off with part of it perhaps sent. Whether it
 * arrived can't be known here.
 */
export type Ending = 'sent' | 'not-sent' | 'broken-off';

/** What the server knows of a refused request: who asks as far as known, and why it refused. */
export type EarlyRefusal = Omit<RefusedRequest, 'reason'> & { readonly title: string };

export interface LookTracker {
  /** Runs the work that makes the answer and collects the looks that it adds to the audit log. */
  make<T>(work: () => T): T;
  /**
   * Runs once. A look that was not sent is marked so, also one that is logged later.
   *
   * @param refused what is known of the request where it was refused before a page knew who asks
   */
  ended(how: Ending, status: number, refused?: EarlyRefusal): void;
}

/**
 * Looks are logged before they are shown. This marks those that were not shown, so that every look in the audit log is
 * an answer that was sent, or marked. A process that dies in between leaves no mark: the log then says "may have seen".
 */
export function trackLooks(source: () => Source): LookTracker {
  const looks: LoggedLook[] = [];
  let ending: Ending | null = null;
  let asker: Asker | null = null;
  let isForeign = false;
  return {
    make: (work) =>
      collectingLooks(
        {
          source,
          take(look) {
            // A look logged after the answer's end was not in it.
            if (ending) mark(look, 'not-sent', source());
            else looks.push(look);
          },
          from(given) {
            asker = given;
          },
          foreign() {
            isForeign = true;
          },
        },
        work,
      ),
    ended(how, status, refused) {
      ending = how;
      if (asker) noteAnswer(asker, how, status, source());
      else if (refused && (isForeign || EARLY.has(status))) {
        const reason = isForeign ? 'unknown session' : `${status} ${refused.title}`.trim();
        noteRefusedRequest({ ...refused, reason }, source());
      }
      if (how !== 'sent') for (const look of looks) mark(look, how, source());
    },
  };
}

// A refusal by the policy (403) is noted where it is decided.
const REFUSED: ReadonlySet<number> = new Set([404, 429]);

/** Statuses of a refusal before a page knows who asks. A missing page (404) and a busy portal (503) refuse nobody. */
const EARLY: ReadonlySet<number> = new Set([400, 401, 403, 405, 408, 413, 414, 415, 429]);

/** A look at one's own data, and a refusal. Neither keeps the page waiting. */
function noteAnswer({ actor, route, ownLook }: Asker, how: Ending, status: number, source: Source): void {
  if (REFUSED.has(status))
    noteAct(actor, {
      action: 'refused-request',
      objectType: 'route',
      objectRef: route,
      result: 'denied',
      reason: String(status),
      ...source,
    });
  else if (ownLook && how !== 'not-sent') noteAct(actor, { ...ownLook, ...source });
}

function mark({ actor, act, operationId }: LoggedLook, how: Exclude<Ending, 'sent'>, source: Source): void {
  const { grantId = null, callId = null, ground } = act;
  const entry = { action: 'view-aborted', objectType: 'look', objectRef: operationId } as const;
  const about: Partial<AuditEvent> = {
    grantId,
    callId,
    ...(ground ? { ground } : {}),
    reason: how,
    result: 'failed',
    ...source,
  };
  // A failure is alarmed where it is noticed.
  addAuditEntry(actor, { ...entry, ...about }).catch(() => {});
}
