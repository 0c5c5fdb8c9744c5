import { z } from 'zod';
import { claimsFromJson } from './claims-map.server';
import { desksFromFile } from './desks.server';
import { isZone } from './planners.server';
import { retentionFromJson } from './retention.server';
import { rightsFromFile } from './rights.server';
import { assuranceFromJson } from './sign-in.server';
import { staffRolesFromJson } from './staff-roles.server';
import { themeFromFile } from './theme-file.server';

const text = z.string().trim().min(1);
const minutes = z.coerce.number({ error: 'is no number' }).int().min(1).max(1440).optional();

/**
 * What the agency's people decide: its folder has it. These settings of the environment are from before there was a
 * folder. They still work, and win over the folder.
 */
export const decidedSettings = {
  AGENCY_NAME: text.optional(),
  AGENCY_PHONE: text.optional(),
  AGENCY_ZONE: text.refine(isZone, 'is no IANA time zone').optional(),
  /** A style sheet with the agency's own tokens, parsed into a theme. */
  THEME_FILE: themeFromFile.optional(),
  /** A JSON file with how to reach each desk. */
  DESKS_FILE: desksFromFile.optional(),
  /** A JSON file with the rights of each role in a case, and the agency's words for roles. */
  RIGHTS_FILE: rightsFromFile.optional(),
  /** The provider's names in the claim `staff_roles` → our roles of employees: JSON. */
  STAFF_ROLES: staffRolesFromJson.optional(),
  /** Where the provider's answer holds each claim: JSON. */
  OIDC_CLAIMS: claimsFromJson.optional(),
  /** The levels of assurance (`acr`) that roles and acts need. */
  OIDC_ASSURANCE: assuranceFromJson.optional(),
  /** For how long the audit log and what belongs to it is kept. */
  RETENTION: retentionFromJson.optional(),
  /** Whether a group may come with fewer people than booked, or must call before. */
  FEWER_MAY_COME: z.enum(['yes', 'call'], { error: "is neither 'yes' nor 'call'" }).optional(),
  /** The harmless page to which the quick exit leads; an address that redirects costs time. */
  QUICK_EXIT_URL: z.url({ protocol: /^https?$/, error: 'is no http(s) URL' }).optional(),
  HOLD_MINUTES: minutes,
  /** A session's limits for applicants; those of other roles follow. */
  SESSION_IDLE_MINUTES: minutes,
  SESSION_ABSOLUTE_MINUTES: minutes,
  SESSION_IDLE_MINUTES_ADVISOR: minutes,
  SESSION_ABSOLUTE_MINUTES_ADVISOR: minutes,
  SESSION_IDLE_MINUTES_STAFF: minutes,
  SESSION_ABSOLUTE_MINUTES_STAFF: minutes,
  /** On a device that its user called shared at sign-in. */
  SESSION_IDLE_MINUTES_SHARED: minutes,
  /** The most emergencies of one employee that wait for a second one's answer. */
  EMERGENCIES_OPEN: z.coerce.number({ error: 'is no number' }).int().min(1).max(10).optional(),
  /** The most emergencies of one employee in 24 hours. */
  EMERGENCIES_A_DAY: z.coerce.number({ error: 'is no number' }).int().min(1).max(50).optional(),
};
export type DecidedSettings = z.output<z.ZodObject<typeof decidedSettings>>;

const USUAL = {
  AGENCY_NAME: '',
  AGENCY_PHONE: '',
  AGENCY_ZONE: 'Europe/Amsterdam',
  STAFF_ROLES: {},
  OIDC_CLAIMS: {},
  RETENTION: retentionFromJson.parse('{}'),
  FEWER_MAY_COME: 'call',
  QUICK_EXIT_URL: 'https://www.wikipedia.org/',
  HOLD_MINUTES: 5,
  SESSION_IDLE_MINUTES: 15,
  SESSION_ABSOLUTE_MINUTES: 120,
  SESSION_IDLE_MINUTES_ADVISOR: 15,
  SESSION_ABSOLUTE_MINUTES_ADVISOR: 480,
  SESSION_IDLE_MINUTES_STAFF: 15,
  SESSION_ABSOLUTE_MINUTES_STAFF: 480,
  SESSION_IDLE_MINUTES_SHARED: 5,
  EMERGENCIES_OPEN: 2,
  EMERGENCIES_A_DAY: 5,
} as const satisfies DecidedSettings;

/** In force: each with a value, except those that may be absent. */
export type Decided = DecidedSettings & {
  readonly [Name in keyof typeof USUAL]: NonNullable<DecidedSettings[Name]>;
};

/** The environment's value, else the folder's, else the usual one. */
export function decided(environment: DecidedSettings, folder: DecidedSettings): Decided {
  const given = (settings: DecidedSettings) =>
    Object.fromEntries(
      Object.keys(decidedSettings).flatMap((name) => {
        const value = settings[name as keyof DecidedSettings];
        return value === undefined ? [] : [[name, value]];
      }),
    ) as DecidedSettings;
  return { ...USUAL, ...given(folder), ...given(environment) } as Decided;
}
