import { z } from 'zod';
import type { BookingRequest } from '~/agency/planner-port';
import { isProduct } from '~/model/appointment';
import { LANGUAGES } from '~/model/language';
import type { WritingViewer } from '~/model/viewer';

/** What a later retry needs to call the planner, stored sealed: for whom, and what for. */
export interface PlannerTask {
  readonly viewer: WritingViewer;
  /** Null when only a cancellation is pending. */
  readonly request: BookingRequest | null;
}

const place = z.object({ street: z.string(), postcode: z.string(), city: z.string() });
const slot = z.object({
  key: z.string(),
  desk: z.object({ key: z.string(), name: z.string(), place: place.optional() }),
  date: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  zone: z.string(),
  instant: z.string(),
});
const person = z.object({ kind: z.enum(['bsn', 'vnumber']), value: z.string() });
const wishSchema = z.object({
  viewer: z.object({
    actor: z.object({ id: z.string(), role: z.enum(['applicant', 'advisor', 'staff']), name: z.string() }),
    subject: z.object({
      person,
      name: z.string(),
    }),
    basis: z.enum(['self', 'represents', 'mandate']),
    grant: z.string().optional(),
    purpose: z.literal('legal-aid').optional(),
    cases: z.array(z.string()).optional(),
    representative: z.object({ person: person.nullable() }).optional(),
    scope: z.literal('write'),
    language: z.enum(LANGUAGES),
  }),
  request: z
    .object({
      product: z.string().refine(isProduct),
      slot,
      hold: z.string(),
      reference: z.string(),
      visitors: z.array(z.object({ givenName: z.string(), familyName: z.string(), vNumber: z.string() })),
      email: z.string(),
      phone: z.string(),
      // Tasks of older versions have none.
      answers: z.record(z.string(), z.string()).default({}),
    })
    .nullable(),
});

/** Leaves out the viewer's names: no retry needs them. */
export function plannerTaskText({ viewer, request }: PlannerTask): string {
  const { actor, subject } = viewer;
  return JSON.stringify({
    viewer: { ...viewer, actor: { ...actor, name: '' }, subject: { ...subject, name: '' } },
    request,
  } satisfies PlannerTask);
}

/** Returns null for a text that this version can't read. */
export function readPlannerTask(text: string | null): PlannerTask | null {
  if (text === null) return null;
  const parsed = wishSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const { viewer, request } = parsed.data;
  const { place: where, ...desk } = request?.slot.desk ?? { key: '', name: '' };
  return {
    viewer,
    request: request && { ...request, slot: { ...request.slot, desk: where ? { ...desk, place: where } : desk } },
  };
}
