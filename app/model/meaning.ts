/**
 * What a stage means to the person, whatever the agency calls it. Rules and pages use these; an agency chooses one for
 * each of its stages.
 *
 * - `wait`: the agency works on it
 * - `pay`, `send-papers`, `respond`: the person must do that
 * - `visit`: the person must come to a counter, before the decision
 * - `attend`: the agency invites the person
 * - `decided`: the decision is made; `ceremony` and `collect`: it is, and the person is invited, or fetches a document
 * - `closed`, `withdrawn`: nothing more happens
 */
export const MEANINGS = [
  ...(['wait', 'pay', 'send-papers', 'respond', 'visit', 'attend'] as const),
  ...(['decided', 'ceremony', 'collect', 'closed', 'withdrawn'] as const),
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** What the agency decided. `closed`: without a decision on the merits. */
export const OUTCOMES = ['granted', 'partly-granted', 'refused', 'closed', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Meanings of stages that follow a decision. */
export const AFTER_DECISION: ReadonlySet<Meaning> = new Set(['decided', 'ceremony', 'collect']);
