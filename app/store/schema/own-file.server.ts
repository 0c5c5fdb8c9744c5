import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.server';

/** `keeper`: the number of an office, or an advisor's pseudonym without one. */
export const ownFile = pgTable(
  'own_file',
  {
    keeper: text('keeper').notNull(),
    caseId: text('case_id').notNull(),
    reference: bytes('reference').notNull(),
    noticeReceived: bytes('notice_received'),
    updatedAt: instant('updated_at').notNull(),
  },
  ({ keeper, caseId }) => [primaryKey({ columns: [keeper, caseId] })],
);

export const ownNote = pgTable('own_note', {
  id: uuid('id').primaryKey(),
  keeper: text('keeper').notNull(),
  caseId: text('case_id').notNull(),
  body: bytes('body').notNull(),
  writtenAt: instant('written_at').notNull(),
});

/** How a case stood when an advisor last opened it. */
export const caseSeen = pgTable(
  'case_seen',
  {
    advisor: text('advisor').notNull(),
    caseId: text('case_id').notNull(),
    mark: text('mark').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  ({ advisor, caseId }) => [primaryKey({ columns: [advisor, caseId] })],
);
