import { z } from 'zod';
import type { AuditEvent } from '~/model/audit-event';
import { OFFICE_ROLES } from '~/model/office';

const text = z.string().nullable();

/** A stored entry. Unknown acts are accepted, so that old entries stay readable. */
const eventSchema = z.object({
  operationId: z.string(),
  time: z.iso.datetime({ offset: true }),
  action: z.custom<AuditEvent['action']>((value) => typeof value === 'string'),
  objectType: z.custom<AuditEvent['objectType']>((value) => typeof value === 'string'),
  objectRef: text,
  fields: z.array(z.string()),
  result: z.enum(['done', 'denied', 'failed']),
  reason: text,
  actor: z.string(),
  actorRole: z.enum(['applicant', 'advisor', 'staff', 'system', 'anyone']),
  actorUnit: text,
  actorAssurance: text,
  onBehalfOf: text,
  ground: z.enum([
    'own-data',
    'representation',
    'mandate',
    'consent-by-code',
    'second-approval',
    'emergency',
    'duty',
    'statement',
  ]),
  purpose: text,
  grantId: text,
  grantVersion: z.number().nullable(),
  consent: z.enum(['code', 'alt', 'glass']).nullable(),
  secondApprover: text,
  callId: text,
  origin: text,
  language: text,
  viewHash: text,
  shownParts: z.record(z.string(), z.string()).nullable().default(null),
  policyVersion: z.number(),
  // Absent in entries older than the field.
  build: text.default(null),
  colleague: z.enum(OFFICE_ROLES).nullable().default(null),
  times: z.number().default(1),
  recordedAt: z.iso.datetime().optional(),
});

export function readEvent(body: string): z.output<typeof eventSchema> | null {
  try {
    return eventSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
