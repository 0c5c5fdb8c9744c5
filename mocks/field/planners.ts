import type { Habits } from './habits';

/** What each kind of planner does in the field. */
export const OAP_HABITS: Habits = { rows: [], lists: [] };
export const ZMS_HABITS: Habits = { rows: [], lists: [] };
export const QMATIC_HABITS: Habits = { rows: [], lists: [] };
