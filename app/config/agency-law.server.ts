import { z } from 'zod';
import { type Law, NO_LAW } from '~/model/law';
import { OUTCOMES } from '~/model/meaning';
import type { AgencyFiles } from './agency-files.server';
import { key, words } from './agency-schema.server';
import nl from './laws/nl.json';

const day = z.iso.date('is no ISO date such as 2026-01-02');
const days = z.int().min(0).max(365);
const term = z.string().regex(/^P[1-9]\d{0,2}[DWMY]$/, 'is no term of one unit such as P4W, P1M or P90D');

/** A day of each year but the leap day, which most years lack. */
const yearly = z
  .string()
  .regex(/^\d\d-\d\d$/, 'is no day of a year such as 04-27')
  .refine((text) => z.iso.date().safeParse(`2025-${text}`).success, 'is no day of every year');

const holiday = z.union(
  [
    z.strictObject({ name: words, on: yearly, ifSunday: yearly.nullable().default(null) }),
    z.strictObject({ name: words, easter: z.int().min(-90).max(200) }),
  ],
  { error: 'needs a name, and on (such as 04-27) or easter (days after Easter Sunday)' },
);

const common = {
  procedures: z.array(key).default([]),
  from: day,
  /** The article: for people who check the file. */
  source: words,
};

const decision = z.strictObject({
  ...common,
  runsOn: z.boolean(),
  unlessLongerThan: z.strictObject({ days, weeks: days, months: days }).nullable().default(null),
  whileSuspended: z.enum(['stops', 'runs'], { error: "is neither 'stops' nor 'runs'" }),
});

const late = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none'), ...common }),
    z.strictObject({
      kind: z.literal('notice-of-default'),
      ...common,
      afterDays: days,
      graceDays: days,
      penalty: z.int().min(1).nullable().default(null),
    }),
    z.strictObject({
      kind: z.literal('court'),
      ...common,
      after: term,
      counted: z.enum(['from-receipt', 'from-last-day'], { error: "is neither 'from-receipt' nor 'from-last-day'" }),
      runsOn: z.boolean(),
    }),
  ],
  { error: "is none of 'none', 'notice-of-default' and 'court'" },
);

const remedy = z.strictObject({
  ...common,
  outcomes: z.array(z.enum(OUTCOMES, { error: `is none of ${OUTCOMES.join(', ')}` })).default([]),
  remedy: z.enum(['objection', 'appeal'], { error: "is neither 'objection' nor 'appeal'" }),
  term,
  orShorter: term.nullable().default(null),
  runsOn: z.boolean(),
});

const freeDays = z
  .strictObject({
    weekdays: z.array(z.int().min(1, 'is less than 1 (Monday)').max(7, 'is more than 7 (Sunday)')),
    holidays: z.array(holiday),
    listed: z
      .record(z.string().regex(/^\d{4}$/, 'is no year'), z.array(day))
      .nullable()
      .default(null),
    source: words,
  })
  .refine(({ weekdays }) => new Set(weekdays).size < 7, 'leaves no working day')
  .superRefine(({ listed }, context) => {
    for (const [year, days] of Object.entries(listed ?? {}))
      for (const [index, one] of days.entries())
        if (!one.startsWith(`${year}-`))
          context.addIssue({ code: 'custom', path: ['listed', year, index], message: `is not in ${year}` });
  });

/** `law.json`: the rules by which the portal computes days for objections, courts and late decisions. */
const lawFile = z.strictObject({
  freeDays,
  decision: z.array(decision).default([]),
  late: z.array(late).default([]),
  remedies: z.array(remedy).default([]),
});

/** The laws that come with the portal. Rules for procedures that an agency does not have apply to none of its cases. */
export const LAWS = { nl: lawFile.parse(nl), unknown: NO_LAW } as const satisfies Record<string, Law>;

/**
 * The law of the folder's `law.json`, else the one that `agency.json` names, else the Dutch one.
 *
 * @param named null when `agency.json` names none
 * @param procedures the folder's
 */
export function lawIn(files: AgencyFiles, named: keyof typeof LAWS | null, procedures: readonly string[]): Law {
  const own = files.read('law.json', lawFile);
  if (own === null) return LAWS[named ?? 'nl'];
  if (named !== null) files.addFault('agency.json', 'law: the folder has a law.json, so it must be left out', ['law']);
  for (const kind of ['decision', 'late', 'remedies'] as const)
    for (const [index, { procedures: only }] of own[kind].entries())
      for (const procedure of only)
        if (!procedures.includes(procedure))
          files.addFault('law.json', `"${procedure}" is no procedure of the folder`, [kind, index, 'procedures']);
  return own;
}
