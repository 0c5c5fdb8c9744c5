import { z } from 'zod';
import { PRODUCTS } from '~/model/appointment';
import { fromJson } from './json-file.server';

/** One of the agency's planners, as an operator describes it: an entry of PLANNERS. */
export type PlannerSettings = z.output<typeof plannerSettings>;
export type OapSettings = Extract<PlannerSettings, { kind: 'oap' }>;
export type ZmsSettings = Extract<PlannerSettings, { kind: 'zms' }>;
export type QmaticSettings = Extract<PlannerSettings, { kind: 'qmatic' }>;
export type JccSettings = Extract<PlannerSettings, { kind: 'jcc' }>;

export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const products = z.partialRecord(z.enum(PRODUCTS), z.string().min(1));

/** Product → ways without a visit. */
const instead = z.partialRecord(
  z.enum(PRODUCTS),
  z
    .array(
      z.object({
        kind: z.enum(['courier', 'place']),
        url: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }),
        name: z.string().trim().min(1),
      }),
    )
    .min(1),
);

const wanted = z.enum(['required', 'optional', 'unused']);

const common = {
  /** Prefixes the keys of its desks and bookings, so it must never change. One planner may have no name. */
  name: z
    .string()
    .regex(/^([a-z][a-z0-9-]*)?$/, 'is no word of small letters, digits and hyphens')
    .default(''),
  /** The name shown when the planner does not answer. */
  title: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }).transform((value) => value.replace(/\/+$/, '')),
  /** Its own page for people, told where its times can't be had here. */
  page: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }).optional(),
  /** The zone of its desks, where the planner sends none. */
  zone: z.string().refine(isZone, 'is no IANA time zone').default('Europe/Amsterdam'),
  /** The language of its notes on desks. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'is no language')
    .default('nl'),
  /** Sent with every request: an API key, for example. */
  headers: z.record(z.string(), z.string()).default({}),
  /** The planner, or its proxy, verifies a viewer token: a JWT signed with this secret. */
  viewer: z
    .object({
      header: z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/, 'is no header in small letters')
        .default('x-zicht-viewer'),
      secret: z.string().min(32, 'needs at least 32 characters'),
    })
    .optional(),
  /** How long the planner keeps a hold, in minutes. */
  holdMinutes: z.number().int().min(1).max(240).default(15),
  maxParty: z.number().int().min(1).max(25).default(6),
  instead: instead.default({}),
  /** Whether its desks need an e-mail address and a telephone number, where the planner does not tell. */
  asks: z.object({ email: wanted, phone: wanted }).partial().default({}),
};

const plannerSettings = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('oap'),
    /** Our product → the planner's own key. */
    products: products.default({ BIO: 'BIO', DOC: 'DOC', VAA: 'VAA', TKV: 'TKV' }),
    /** Both paths exist in the field: the hold under the desk, or under the product. */
    holdPath: z.enum(['desk', 'product']).default('desk'),
    /** The path that cancels a booking, with `{key}` in it; no installation is known to publish one. */
    cancelPath: z.string().includes('{key}').optional(),
    /** The page on which people cancel themselves, with `{key}` in it. */
    cancelLink: z.string().includes('{key}').optional(),
    /**
     * Whether it takes a second open booking for one product and address, as a move with the new booking first needs.
     */
    secondBooking: z.enum(['refused', 'allowed']).default('refused'),
  }),
  z.object({
    ...common,
    kind: z.literal('zms'),
    products,
    /** Who confirms: the portal at once (its people are signed in), or the person by a link in a mail. */
    confirm: z.enum(['direct', 'mail-link']).default('direct'),
    /** How many days ahead it is asked, at most 365. */
    daysAhead: z.number().int().min(1).max(365).default(60),
    /** Times are requested day by day: how many days at once. The API takes 60 calls a minute. */
    daysAtOnce: z.number().int().min(1).max(60).default(10),
    /** An office's own field is for the V-number when its label has one of these words. */
    vNumberLabels: z
      .array(z.string().trim().min(2))
      .default(['v-nummer', 'v-number', 'v-nr', 'vreemdelingennummer', 'vreemdelingnummer']),
  }),
  z.object({
    ...common,
    kind: z.literal('qmatic'),
    products,
    /** Without holds a visit is booked in one step. */
    holds: z.boolean().default(true),
    /** What `numberOfCustomers` counts: the party, or companions only. Clients in the field disagree. */
    partyCount: z.enum(['total', 'extra']).default('total'),
    /** Times are requested day by day: how many days at once. */
    daysAtOnce: z.number().int().min(1).max(60).default(10),
  }),
  z.object({
    ...common,
    kind: z.literal('jcc'),
    /** Our product → the id of an activity. */
    products,
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    scope: z.string().min(1).default('warp-api'),
    /**
     * Whether two people can book the same time at a location. With one counter a time that is offered again proves
     * that a booking whose answer was lost was not made.
     */
    counters: z.enum(['one', 'several']).default('several'),
  }),
]);

/** What the agency's people decide about a planner; the operator's entry in PLANNERS has the rest. */
export const plannerDecisions = z.strictObject({
  name: common.name,
  title: common.title,
  language: common.language.removeDefault().optional(),
  zone: common.zone.removeDefault().optional(),
  products: products.optional(),
  instead: instead.optional(),
  asks: common.asks.removeDefault().optional(),
  maxParty: common.maxParty.removeDefault().optional(),
  vNumberLabels: z.array(z.string().trim().min(2)).optional(),
  daysAhead: z.number().int().min(1).max(365).optional(),
  /** The page on which people cancel themselves, with `{key}` in it (OAP). */
  cancelLink: z.string().includes('{key}').optional(),
});

/**
 * PLANNERS with what the folder says of each planner; an entry's own values win. Anything that is no list of objects is
 * returned as it is, since its schema tells the fault.
 *
 * @param own of the folder, unchecked
 */
export function plannersWith(json: string, own: unknown): string {
  const [entries, decisions] = [listIn(json), Array.isArray(own) ? own : []];
  if (entries === null) return json;
  const nameOf = (entry: object) => ('name' in entry ? entry.name : '');
  return JSON.stringify(
    entries.map((entry) =>
      isObject(entry)
        ? { ...decisions.find((one) => isObject(one) && nameOf(one) === nameOf(entry)), ...entry }
        : entry,
    ),
  );
}

function listIn(json: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** PLANNER_INSTEAD: JSON of the ways without a visit, for the planner of PLANNER_URL. */
export const insteadFromJson = fromJson.pipe(instead);

/** PLANNERS: a JSON list of at least one planner, with distinct names. */
export const plannersFromJson = fromJson.pipe(
  z
    .array(plannerSettings)
    .min(1, 'names no planner')
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'has two planners of one name'),
);

/** The settings of the OAP planner that PLANNER_URL and its companions describe. */
export function oapFrom(env: {
  readonly PLANNER_URL: string;
  readonly PLANNER_HOLD_PATH: 'desk' | 'product';
  readonly PLANNER_CANCEL_PATH?: string | undefined;
  readonly PLANNER_HOLD_MINUTES: number;
  readonly PLANNER_VIEWER_SECRET?: string | undefined;
  readonly PLANNER_INSTEAD?: z.output<typeof instead> | undefined;
  readonly AGENCY_ZONE: string;
  /** What the folder says of the planner without a name. */
  readonly decisions?: z.output<typeof plannerDecisions> | undefined;
}): PlannerSettings {
  const { instead: ways, zone, ...decisions } = env.decisions ?? {};
  return plannerSettings.parse({
    ...decisions,
    kind: 'oap',
    url: env.PLANNER_URL,
    zone: zone ?? env.AGENCY_ZONE,
    holdPath: env.PLANNER_HOLD_PATH,
    cancelPath: env.PLANNER_CANCEL_PATH,
    holdMinutes: env.PLANNER_HOLD_MINUTES,
    viewer: env.PLANNER_VIEWER_SECRET === undefined ? undefined : { secret: env.PLANNER_VIEWER_SECRET },
    instead: env.PLANNER_INSTEAD ?? ways,
  });
}
