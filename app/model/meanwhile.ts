import type { Procedure, Stage } from './case';
import type { OwnWords } from './ways';

/** What people ask while they wait for a decision. The agency answers, in this order. */
export const TOPICS = ['work', 'travel', 'stay', 'address', 'school'] as const;
export type Topic = (typeof TOPICS)[number];

/** An answer of the agency: a text, a page of its own, or both. */
export interface MeanwhileRule {
  readonly topic: Topic;
  /** Only for these; empty: for all. */
  readonly procedures: readonly Procedure[];
  /** Only in these stages, also after a decision; empty: until the decision. */
  readonly stages: readonly Stage[];
  readonly texts: OwnWords;
  readonly url: OwnWords;
}

interface Waiting {
  readonly procedure: Procedure | null;
  readonly stage: Stage | null;
  readonly isOpen: boolean;
}

/** One answer a topic: the one that names the most of the case, and of equal ones the first. */
export function meanwhileFor(rules: readonly MeanwhileRule[], { procedure, stage, isOpen }: Waiting): MeanwhileRule[] {
  const fitting = rules.filter(
    ({ procedures, stages }) =>
      (procedures.length === 0 || (procedure !== null && procedures.includes(procedure))) &&
      (stages.length === 0 ? isOpen : stage !== null && stages.includes(stage)),
  );
  return TOPICS.flatMap((topic) => {
    const [best] = fitting.filter((rule) => rule.topic === topic).sort((a, b) => namesOf(b) - namesOf(a));
    return best ?? [];
  });
}

const namesOf = ({ procedures, stages }: MeanwhileRule): number =>
  2 * Number(stages.length > 0) + Number(procedures.length > 0);
