import type { CaseFile } from './case-file';
import type { Clock } from './clock';
import { uuidOf } from './seed';

/** Decisions that the agency publishes at a moment of its own clock. Earlier responses leave them out. */
export interface Decisions {
  /** @param at ISO instant */
  readonly publish: (reference: string, at: string) => void;
  /** The case with its decision when that is published. */
  readonly asOfNow: (file: CaseFile) => CaseFile;
  readonly reset: () => void;
}

export function createDecisions(clock: Clock): Decisions {
  const moments = new Map<string, string>();
  return {
    publish: (reference, at) => void moments.set(reference, at),
    asOfNow: (file) => {
      const at = moments.get(file.reference);
      const isOut = at !== undefined && clock.now().epochMilliseconds >= Date.parse(at);
      return isOut ? decided(file, at) : file;
    },
    reset: () => moments.clear(),
  };
}

function decided(file: CaseFile, at: string): CaseFile {
  const step = file.version.steps.find(({ stage }) => stage === 'decided');
  if (step === undefined) return file;
  return {
    ...file,
    suspension: null,
    history: [...file.history, { uuid: uuidOf('status', file.reference, 'decided'), step, at }],
    result: { uuid: uuidOf('resultaat', file.reference), name: 'Ingewilligd' },
    properties: [],
  };
}
