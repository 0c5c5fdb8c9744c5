import { createHash } from 'node:crypto';

interface FixedColumns {
  readonly kind: string;
  readonly agent: string;
  readonly agentSession: string;
  readonly purpose: string;
  readonly callId: string;
  readonly category: string | null;
  readonly facts: readonly string[];
  readonly report: Buffer | null;
  readonly delayWanted: boolean;
}

/** What never changes in a request to look without a code, in one order; the report as a hash of its sealed bytes. */
export type RequestText = readonly unknown[];

export const requestText = ({ report, ...row }: FixedColumns): RequestText => [
  row.kind,
  row.agent,
  row.agentSession,
  row.purpose,
  row.callId,
  row.category,
  [...row.facts],
  report && createHash('sha256').update(report).digest('hex'),
  row.delayWanted,
];
