import type { CaseFile } from './case-file';
import type { Clock } from './clock';
import { uuidOf } from './seed';

/** Decisions that the agency publishes at a moment of its own clock. Earlier responses leave them out. */
export interface Decisions {
  /** @param at ISO instant */
  readonly publish: (reference: string, at: string) => void;
  /** The case with its decision when that is published. */
  readonly asOfNow: (file: CaseFile) => CaseFile;
  /** References of decisions that are out and of which this was not asked before. */
  readonly newlyOut: () => readonly string[];
  readonly reset: () => void;
}

export function createDecisions(clock: Clock): Decisions {
  const moments = new Map<string, string>();
  const told = new Set<string>();
  const isOut = (at: string) => clock.now().epochMilliseconds >= Date.parse(at);
  return {
    publish: (reference, at) => void moments.set(reference, at),
    asOfNow: (file) => {
      const at = moments.get(file.reference);
      return at !== undefined && isOut(at) ? decided(file, at) : file;
    },
    newlyOut: () => {
      const out = [...moments].flatMap(([reference, at]) => (isOut(at) && !told.has(reference) ? [reference] : []));
      for (const reference of out) told.add(reference);
      return out;
    },
    reset: () => {
      moments.clear();
      told.clear();
    },
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
