import { boolean, date, integer, pgTable, real, text, uuid } from 'drizzle-orm/pg-core';
import type { CallAnswer, CallPage, CallReason } from '~/model/contact-moment';
import type { Language } from '~/model/language';
import type { EmergencyCategory, ViewAsPurpose, ViewAsState } from '~/model/view-as';
import { bytes, instant } from '../columns.server';

export type CodePurpose = 'view' | 'mandate';
export type RequestState = 'pending' | 'approved' | 'refused' | 'used' | 'withdrawn';

export const spokenCode = pgTable('spoken_code', {
  id: uuid('id').primaryKey(),
  purpose: text('purpose').$type<CodePurpose>().notNull(),
  owner: text('owner').notNull(),
  sessionHash: text('session_hash').notNull(),
  codeHash: text('code_hash').notNull(),
  callerCheck: text('caller_check').notNull(),
  refs: text('refs').array().notNull(),
  subject: bytes('subject'),
  language: text('language').notNull(),
  pageWidth: real('page_width'),
  tries: integer('tries').notNull().default(0),
  usedAt: instant('used_at'),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

export const codeTry = pgTable('code_try', {
  agent: text('agent').notNull(),
  triedAt: instant('tried_at').notNull(),
  /** Of an advisor. */
  office: text('office'),
});

export const viewGrant = pgTable('view_grant', {
  id: uuid('id').primaryKey(),
  agent: text('agent').notNull(),
  agentNumber: integer('agent_number').notNull(),
  agentSession: text('agent_session').notNull(),
  owner: text('owner').notNull(),
  /** Null for a session opened without a code. */
  codeId: uuid('code_id'),
  state: text('state').$type<ViewAsState>().notNull(),
  purpose: text('purpose').$type<ViewAsPurpose>().notNull(),
  callId: text('call_id').notNull(),
  method: text('method').$type<'code' | 'alt' | 'glass'>().notNull(),
  subject: bytes('subject'),
  language: text('language').notNull(),
  /** Width of the caller's page, in rem; null: unknown. */
  pageWidth: real('page_width'),
  locatedAt: instant('located_at').notNull(),
  activeAt: instant('active_at'),
  lastSeenAt: instant('last_seen_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  endedAt: instant('ended_at'),
  /** The one case that a session after a call-back is limited to. */
  onlyCase: text('only_case'),
  secondApprover: text('second_approver'),
  /** The page that was rendered last: the only one that may still ask. */
  page: uuid('page'),
  reasonNoted: boolean('reason_noted').notNull().default(false),
  /** The reference that the caller named, as a keyed hash, and the registry's id of that case once it was seen. */
  referenceHash: text('reference_hash'),
  aboutCase: text('about_case'),
});

export const viewRequest = pgTable('view_request', {
  id: uuid('id').primaryKey(),
  kind: text('kind').$type<'alt' | 'glass'>().notNull(),
  agent: text('agent').notNull(),
  agentNumber: integer('agent_number').notNull(),
  agentSession: text('agent_session').notNull(),
  purpose: text('purpose').$type<ViewAsPurpose>().notNull(),
  callId: text('call_id').notNull(),
  category: text('category').$type<EmergencyCategory>(),
  facts: text('facts').array().notNull().default([]),
  reference: bytes('reference'),
  report: bytes('report'),
  /** Name and number of the employee who asks. */
  asker: bytes('asker'),
  /** Whether a second employee may hide the look from the person. */
  delayWanted: boolean('delay_wanted').notNull().default(false),
  holdUntil: instant('hold_until'),
  state: text('state').$type<RequestState>().notNull(),
  askedAt: instant('asked_at').notNull(),
  answerBefore: instant('answer_before').notNull(),
  answeredBy: text('answered_by'),
  answeredAt: instant('answered_at'),
  reportedAt: instant('reported_at'),
  grantId: uuid('grant_id'),
});

export const employee = pgTable('employee', {
  actor: text('actor').primaryKey(),
  number: integer('number').notNull(),
  person: text('person'),
  team: text('team'),
  leads: text('leads').array(),
});

export const callReason = pgTable('call_reason', {
  id: uuid('id').primaryKey(),
  /** The Monday of the week: a precise date could identify a call. */
  week: date('week', { mode: 'string' }).notNull(),
  procedure: text('procedure'),
  stage: text('stage'),
  page: text('page').$type<CallPage>().notNull(),
  reason: text('reason').$type<CallReason>().notNull(),
  answered: text('answered').$type<CallAnswer>().notNull(),
});

/** Calls that are still to be written to the agency's register of contacts. A row goes when its call is written. */
export const contactMoment = pgTable('contact_moment', {
  /** Of the look. */
  id: uuid('id').primaryKey(),
  /** Keyed hash of the person, as the register knows them. */
  person: text('person').notNull(),
  caseId: text('case_id'),
  at: instant('at').notNull(),
  language: text('language').$type<Language>().notNull(),
  reason: text('reason').$type<CallReason>().notNull(),
  answered: text('answered').$type<CallAnswer>().notNull(),
  page: text('page').$type<CallPage>().notNull(),
  procedure: text('procedure'),
  createdAt: instant('created_at').notNull(),
  notBefore: instant('not_before').notNull(),
  attempts: integer('attempts').notNull().default(0),
  /** Since when it waits for somebody to look at it. */
  parkedAt: instant('parked_at'),
});
