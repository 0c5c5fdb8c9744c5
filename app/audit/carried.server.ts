import { AsyncLocalStorage } from 'node:async_hooks';
import type { Act, ActingPerson } from './event-row.server';

/** A look as it stands on record, while the answer that is to carry it is being made. */
export interface Carried {
  readonly actor: ActingPerson;
  readonly act: Act;
  readonly operationId: string;
}

const answering = new AsyncLocalStorage<(look: Carried) => void>();

/** Whatever `work` puts on record of somebody's data is told to `take`. */
export const withCarried = <T>(take: (look: Carried) => void, work: () => T): T => answering.run(take, work);

export function carry(look: Carried): void {
  answering.getStore()?.(look);
}
