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

const answering = new AsyncLocalStorage<{ readonly source: () => Source; readonly take: (look: LoggedLook) => void }>();

/** Runs `work`: its audit entries get this source, and its looks are passed to `take`. */
export const collectingLooks = <T>(source: () => Source, take: (look: LoggedLook) => void, work: () => T): T =>
  answering.run({ source, take }, work);

/** The source of the current request; null for background work. */
export const sourceNow = (): Source | null => answering.getStore()?.source() ?? null;

export function collectLook(look: LoggedLook): void {
  answering.getStore()?.take(look);
}
