import { AsyncLocalStorage } from 'node:async_hooks';
import type { Act, ActingPerson } from './act';

/** A logged look whose answer is still being made. */
export interface LoggedLook {
  readonly actor: ActingPerson;
  readonly act: Act;
  readonly operationId: string;
}

/** Where an act comes from, for the audit log. */
export interface Source {
  /** Kind of device and network; never an address. */
  readonly origin: string;
  /** The build of the portal that answered. */
  readonly build: string;
}

/** Who asks in the present request, and what the audit log says of a page that it shows them. */
export interface Asker {
  readonly actor: ActingPerson;
  /** What is asked for, without personal data. */
  readonly route: string | null;
  /** The look at their own data that a successful answer is; null for any other answer. */
  readonly ownLook: Act | null;
}

interface Answer {
  readonly source: () => Source;
  readonly take: (look: LoggedLook) => void;
  readonly from: (asker: Asker) => void;
  readonly foreign: () => void;
}

const answering = new AsyncLocalStorage<Answer>();

/** Runs `work`: its audit entries get this source, and its looks are passed to `take`. */
export const collectingLooks = <T>(answer: Answer, work: () => T): T => answering.run(answer, work);

/** Tells the audit log who asks in the present request. */
export function askedBy(asker: Asker): void {
  answering.getStore()?.from(asker);
}

/** Tells the audit log that the present request came with a session that does not exist. */
export function askedByUnknownSession(): void {
  answering.getStore()?.foreign();
}

/** The source of the current request; null for background work. */
export const sourceNow = (): Source | null => answering.getStore()?.source() ?? null;

export function collectLook(look: LoggedLook): void {
  answering.getStore()?.take(look);
}
