import type { Language } from './language';
import { VIEW_AS_PURPOSES } from './view-as';

/** Why people call. A look has no purpose `other`. */
export const CALL_REASONS = [...VIEW_AS_PURPOSES, 'other'] as const;
export type CallReason = (typeof CALL_REASONS)[number];

/** Whether the answer stood on the page. */
export const CALL_ANSWERS = ['yes', 'not-understood', 'no'] as const;
export type CallAnswer = (typeof CALL_ANSWERS)[number];

/** The pages that a call may be about. */
export const CALL_PAGES = [
  'case',
  'cases',
  'appointment',
  'booking',
  'wait',
  'letters',
  'contact',
  'sign-in',
  'none',
] as const;
export type CallPage = (typeof CALL_PAGES)[number];

/** One contact of a person with the agency (contactmoment): codes only, and no words of anybody. */
export interface ContactMoment {
  /** Our own name for it, by which it is found again: a UUID. */
  readonly id: string;
  /** Keyed hash of the person. */
  readonly person: string;
  /** The registry's id of the case; null when it is not known. */
  readonly caseId: string | null;
  /** ISO instant at which it began. */
  readonly at: string;
  readonly language: Language;
  readonly reason: CallReason;
  readonly answered: CallAnswer;
  readonly page: CallPage;
  readonly procedure: string | null;
}
