import type { SimulatedProcedure as Procedure, SimulatedStage as Stage } from '../world/procedures';

/** Where a case goes after a stage, with shares that add up to 1. */
export type Route = readonly (readonly [to: Stage | 'DECIDED', share: number])[];

/** A team works on the case after it waited in the team's queue, or the case waits some days for something external. */
export type StageRule =
  | { readonly kind: 'work'; readonly team: string; readonly handlingDays: number; readonly next: Route }
  | { readonly kind: 'delay'; readonly days: number; readonly spread: number; readonly next: Route };

export interface ProcedureRule {
  readonly procedure: Procedure;
  /** The agency's published term, in days. */
  readonly termDays: number;
  readonly perWeek: number;
  /** Factor on inflow by month, January first. */
  readonly season: readonly number[];
  readonly first: Stage;
  readonly stages: Readonly<Partial<Record<Stage, StageRule>>>;
}

const STEADY = [1, 1, 1, 1, 1, 1, 0.95, 0.9, 1, 1.05, 1.05, 1];
const ACADEMIC = [0.7, 0.6, 0.6, 0.7, 1, 1.5, 2.2, 2, 0.9, 0.6, 0.6, 0.6];
const SUMMER = [0.8, 0.8, 0.9, 1.1, 1.3, 1.3, 1.2, 1, 0.9, 0.9, 0.8, 1];

const work = (team: string, handlingDays: number, next: Route): StageRule => ({
  kind: 'work',
  team,
  handlingDays,
  next,
});
const delay = (days: number, spread: number, next: Route): StageRule => ({ kind: 'delay', days, spread, next });

/** The simulated agency's procedures. The figures are invented, in the range that such agencies publish. */
export const PROCEDURE_RULES: readonly ProcedureRule[] = [
  {
    procedure: 'family',
    termDays: 90,
    perWeek: 24,
    season: STEADY,
    first: 'received',
    stages: {
      received: work('intake', 2, [['fee', 1]]),
      fee: delay(8, 0.6, [
        ['biometrics', 0.6],
        ['review', 0.4],
      ]),
      biometrics: delay(17, 0.5, [['review', 1]]),
      review: work('family', 9, [
        ['documents', 0.3],
        ['interview', 0.12],
        ['DECIDED', 0.58],
      ]),
      documents: delay(24, 0.5, [['review', 1]]),
      interview: work('hearings', 5, [['DECIDED', 1]]),
    },
  },
  {
    procedure: 'study',
    termDays: 60,
    perWeek: 20,
    season: ACADEMIC,
    first: 'received',
    stages: {
      received: work('intake', 1, [['fee', 1]]),
      fee: delay(5, 0.7, [['review', 1]]),
      review: work('study', 4, [
        ['documents', 0.18],
        ['DECIDED', 0.82],
      ]),
      documents: delay(14, 0.6, [['review', 1]]),
    },
  },
  {
    procedure: 'work',
    termDays: 90,
    perWeek: 22,
    season: STEADY,
    first: 'received',
    stages: {
      received: work('intake', 1, [['fee', 1]]),
      fee: delay(6, 0.6, [['review', 1]]),
      review: work('work', 5, [
        ['documents', 0.2],
        ['advice', 0.15],
        ['DECIDED', 0.65],
      ]),
      documents: delay(18, 0.6, [['review', 1]]),
      advice: delay(28, 0.35, [['review', 1]]),
    },
  },
  {
    procedure: 'permanent',
    termDays: 180,
    perWeek: 12,
    season: STEADY,
    first: 'received',
    stages: {
      received: work('intake', 3, [['fee', 1]]),
      fee: delay(9, 0.6, [['review', 1]]),
      review: work('permanent', 10, [
        ['documents', 0.25],
        ['DECIDED', 0.75],
      ]),
      documents: delay(26, 0.5, [['review', 1]]),
    },
  },
  {
    procedure: 'renewal',
    termDays: 90,
    perWeek: 26,
    season: STEADY,
    first: 'received',
    stages: {
      received: work('intake', 1, [
        ['biometrics', 0.5],
        ['review', 0.5],
      ]),
      biometrics: delay(15, 0.5, [['review', 1]]),
      review: work('renewal', 3, [
        ['documents', 0.12],
        ['DECIDED', 0.88],
      ]),
      documents: delay(20, 0.6, [['review', 1]]),
    },
  },
  {
    procedure: 'naturalisation',
    termDays: 365,
    perWeek: 15,
    season: STEADY,
    first: 'received',
    stages: {
      received: work('intake', 6, [['review', 1]]),
      review: work('naturalisation', 14, [
        ['documents', 0.2],
        ['advice', 0.3],
        ['DECIDED', 0.5],
      ]),
      documents: delay(30, 0.5, [['review', 1]]),
      advice: delay(55, 0.35, [['DECIDED', 1]]),
    },
  },
  {
    procedure: 'asylum',
    termDays: 180,
    perWeek: 20,
    season: SUMMER,
    first: 'registration-interview',
    stages: {
      'registration-interview': work('registration', 2, [['interview', 1]]),
      interview: work('hearings', 7, [['review', 1]]),
      review: work('asylum', 12, [
        ['intention', 0.4],
        ['advice', 0.12],
        ['DECIDED', 0.48],
      ]),
      advice: delay(40, 0.4, [['review', 1]]),
      intention: delay(26, 0.4, [['DECIDED', 1]]),
    },
  },
  {
    procedure: 'visa',
    termDays: 60,
    perWeek: 24,
    season: SUMMER,
    first: 'received',
    stages: {
      received: work('intake', 1, [['review', 1]]),
      review: work('visa', 3, [
        ['documents', 0.15],
        ['DECIDED', 0.85],
      ]),
      documents: delay(12, 0.7, [['review', 1]]),
    },
  },
];

/** How many weeks of work each team keeps waiting. It works overtime above that and lends people below it. */
export const TEAM_BACKLOG_WEEKS: Readonly<Record<string, number>> = {
  intake: 0.6,
  family: 8,
  study: 2,
  work: 3,
  permanent: 12,
  renewal: 4,
  naturalisation: 22,
  registration: 3,
  hearings: 9,
  asylum: 12,
  visa: 1.5,
};
