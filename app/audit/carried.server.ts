import { AsyncLocalStorage } from 'node:async_hooks';
import type { Act, ActingPerson } from './act';

/** A look as it stands on record, while the answer that is to carry it is being made. */
export interface Carried {
  readonly actor: ActingPerson;
  readonly act: Act;
  readonly operationId: string;
}

/** Where an act comes from, for the record. */
export interface Source {
  /** Kind of device and network of whoever acts; no address. */
  readonly origin: string;
  /** Which build of the portal answered. */
  readonly build: string;
}

const answering = new AsyncLocalStorage<{ readonly source: () => Source; readonly take: (look: Carried) => void }>();

/** Whatever `work` puts on record comes from `source`; of somebody's data it is told to `take`. */
export const withCarried = <T>(source: () => Source, take: (look: Carried) => void, work: () => T): T =>
  answering.run({ source, take }, work);

/** Where what is put on record now comes from; nothing where nobody asked, as for what the portal does by itself. */
export const sourceNow = (): Source | null => answering.getStore()?.source() ?? null;

export function carry(look: Carried): void {
  answering.getStore()?.take(look);
}
