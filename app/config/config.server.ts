import { z } from 'zod';
import { type Agency, agencyFromFolder, NO_AGENCY, plannersIn } from './agency.server';
import { unknownBackends, wayOutSettings } from './backends.server';
import { settingsForCommand } from './command-settings';
import { contactFaults, contactSettings } from './contacts.server';
import { type Decided, type DecidedSettings, decided, decidedSettings } from './decided.server';
import { relationsFromFile } from './employees.server';
import { isLocal, isOpen } from './local-address';
import { notificationSettings } from './notifications.server';
import { notifyFaults, notifySettings } from './notify.server';
import { operationSettings } from './operation.server';
import { insteadFromJson, oapFrom, type PlannerSettings, plannersFromJson, plannersWith } from './planners.server';
import { onlyProvider, type ProviderSettings, severalProviders } from './providers.server';
import { isDemo, isWeak } from './secrets';
import { faultsOfProvider, type SignInSettings, signInSettings } from './sign-in-settings.server';

/**
 * Everything that an operator may set, named as in the environment, and what follows from it. Built once; nothing else
 * in the app reads the environment. Addresses have no trailing slash, except the issuer's, which is compared.
 */
export interface Config
  extends Omit<
      Environment,
      | 'NODE_ENV'
      | 'SESSION_SECRET'
      | 'OWNER_SECRET'
      | 'PLANNERS'
      | keyof SignInSettings
      | 'EMERGENCIES'
      | 'DRAIN_NOTICE_SECONDS'
      | 'AGENCY_DIR'
      | keyof DecidedSettings
    >,
    Omit<Decided, 'OIDC_CLAIMS' | 'OIDC_ASSURANCE'> {
  readonly production: boolean;
  /** The origin is this machine (localhost, 127.0.0.1, ::1): demo secrets and a set clock are allowed. */
  readonly local: boolean;
  /** The first key seals, every one opens: put a new one in front to rotate. */
  readonly SESSION_SECRET: readonly [string, ...string[]];
  /** Keys the hashes by which people own rows; changing it would cut them off from their bookings. */
  readonly OWNER_SECRET: string;
  readonly EMERGENCIES: 'on' | 'off';
  readonly DRAIN_NOTICE_SECONDS: number;
  readonly AGENCY_DIR: Agency;
  /** Settings that the environment has although the folder has a place for them. */
  readonly OUTSIDE_FOLDER: readonly string[];
  /** At least one; the one of OIDC_ISSUER without a list. */
  readonly PROVIDERS: readonly ProviderSettings[];
  /** The one of PLANNER_URL without a list; empty for an agency whose visits can't be booked here. */
  readonly PLANNERS: readonly PlannerSettings[];
}

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

export const CRASH_POINTS = [
  'move-begun',
  'move-asked',
  'move-booked',
  'move-cancelling',
  'move-cancel-asked',
  'move-cancelled',
] as const;

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
const SECRET_LENGTH = 32;

let memo: Config | undefined;

/** The process's configuration. Throws with every fault in the message when the environment is invalid. */
export function config(): Config {
  if (memo) return memo;
  const loaded = loadConfig(process.env);
  if (!loaded.ok) throw new Error(`Configuration:\n${loaded.faults.map((fault) => `  ${fault}`).join('\n')}`);
  memo = loaded.config;
  return memo;
}

/**
 * Lets a command run with the few settings that it needs. Returns the faults of those, without values.
 * @param needsSecret whether it works with people's rows, and so with OWNER_SECRET
 */
export function takeCommandSettings(needsSecret = true): readonly string[] {
  const loaded = loadConfig(settingsForCommand(process.env, needsSecret), { forCommand: true });
  if (loaded.ok) memo = loaded.config;
  return loaded.ok ? [] : [...new Set(loaded.faults.map((fault) => fault.replace('SESSION_SECRET', 'OWNER_SECRET')))];
}

/** Parses a whole environment; on failure returns every fault as a sentence, without values. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  { forCommand = false }: { readonly forCommand?: boolean } = {},
): LoadedConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  if (given.AGENCY_DIR && given.PLANNERS) given.PLANNERS = plannersWith(given.PLANNERS, plannersIn(given.AGENCY_DIR));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    if (!given.AGENCY_DIR) faults.push(`AGENCY_DIR: ${missing}`);
    faults.push(...faultsOfProvider(given));
    return { ok: false, faults: [...new Set(faults)].sort() };
  }
  const lacking = faultsOfProvider(given);
  if (lacking.length > 0) return { ok: false, faults: lacking };
  const config = toConfig(parsed.data);
  const faults = unsafe(config, parsed.data);
  if (!forCommand) faults.push(...faultsOfAgency(config, parsed.data.OIDC_PROVIDERS, given.AGENCY_DIR));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config };
}

/** What only folder and environment together can lack. */
function faultsOfAgency(config: Config, several: Environment['OIDC_PROVIDERS'], folder: string | undefined): string[] {
  if (!folder) return [`AGENCY_DIR: ${missing}`];
  const unknown = config.AGENCY_DIR.planners.filter(({ name }) => !config.PLANNERS.some((one) => one.name === name));
  return [
    ...(config.AGENCY_NAME === '' ? ['AGENCY_DIR: agency.json: name: is missing'] : []),
    ...(config.AGENCY_PHONE === '' ? ['AGENCY_DIR: agency.json: phone: is missing'] : []),
    ...(config.AGENCY_DIR.providers && !several ? ['OIDC_PROVIDERS: is missing, sign-in.json has providers'] : []),
    ...(several ? severalProviders(several, config.AGENCY_DIR.providers ?? {}).faults : []),
    ...unknown.map(({ name }) =>
      name
        ? `AGENCY_DIR: planners.json: "${name}" is none of PLANNERS`
        : 'PLANNER_URL: is missing, planners.json has a planner without a name',
    ),
  ];
}

const missing = 'is missing';
const text = z.string({ error: missing }).trim().min(1, missing);
const url = z.url({
  protocol: /^https?$/,
  error: (issue) => (issue.input === undefined ? missing : 'is no http(s) URL'),
});
const base = url.transform((value) => value.replace(/\/+$/, ''));
const minutes = (fallback: number) =>
  z.coerce.number({ error: 'is no number' }).int().min(1).max(1440).default(fallback);

const environment = z.object({
  /** The agency's folder: its procedures, stages, results and texts. */
  AGENCY_DIR: agencyFromFolder.optional(),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: z.coerce.number({ error: 'is no number' }).int().min(0).max(65535).default(3000),
  HOST: text.default('127.0.0.1'),
  /** Scheme, host and port under which browsers reach the portal. */
  ORIGIN: url
    .refine((value) => new URL(value).pathname === '/', 'must hold no path')
    .transform((value) => new URL(value).origin),
  DATABASE_URL: z.string({ error: missing }).regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
  SESSION_SECRET: text.refine(
    (value) => secretsOf(value).length > 0 && secretsOf(value).every((secret) => secret.length >= SECRET_LENGTH),
    `needs at least ${SECRET_LENGTH} characters (several: with commas between, the newest first)`,
  ),
  OWNER_SECRET: z.string().min(SECRET_LENGTH, `needs at least ${SECRET_LENGTH} characters`).optional(),
  ...signInSettings,
  ...wayOutSettings,
  ...contactSettings,
  ZAKEN_URL: base,
  CATALOGI_URL: base,
  /** Documents; without it or the folder's letters.json no letters are shown. */
  DOCUMENTEN_URL: base.optional(),
  ZGW_CLIENT_ID: text,
  ZGW_SECRET: text,
  /** How the registry reads `expand` in a search. `probe`: found out at the first search. */
  ZGW_EXPAND: z.enum(['probe', 'list', 'text'], { error: "is neither 'probe', 'list' nor 'text'" }).default('probe'),
  /** The planner of an agency with a single OAP; PLANNERS, a JSON list, replaces it. */
  PLANNER_URL: base.optional(),
  PLANNERS: plannersFromJson.optional(),
  /** Whether a hold is requested under the desk or under the product. */
  PLANNER_HOLD_PATH: z.enum(['desk', 'product'], { error: "is neither 'desk' nor 'product'" }).default('desk'),
  PLANNER_CANCEL_PATH: z.string().optional(),
  /** Signs the viewer token, with which the planner itself can refuse the writes of a look. */
  PLANNER_VIEWER_SECRET: z.string().min(SECRET_LENGTH, `needs at least ${SECRET_LENGTH} characters`).optional(),
  /** Product → couriers or pick-up places that replace a visit: JSON, as `instead` in PLANNERS. */
  PLANNER_INSTEAD: insteadFromJson.optional(),
  /** A JSON file of employees' relations, whose files they can't open. The same file as for `audit:patterns`. */
  EMPLOYEES_FILE: relationsFromFile.optional(),
  /** A file outside the database to which each head of the audit chain is added. */
  AUDIT_ANCHOR_FILE: text.optional(),
  STATISTICS_URL: base.optional(),
  /** Without it the folder's contact.json tells the opening hours. */
  QUEUE_URL: base.optional(),
  /** For both; needed with one of them. */
  AGENCY_TOKEN: text.optional(),
  /**
   * The header in which the agency's proxy names the caller's network. The proxy must strip it from incoming requests.
   */
  NETWORK_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'is no name of a header')
    .optional(),
  /**
   * The header to whose end the agency's proxy adds the client's address, such as `X-Forwarded-For`. Requests are then
   * also limited by network.
   */
  ADDRESS_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'is no name of a header')
    .optional(),
  /** Pages in work at the same time; further requests are refused as busy. */
  MOST_AT_ONCE: z.coerce.number().int().min(1).default(150),
  /** How long the planner itself keeps a hold. */
  PLANNER_HOLD_MINUTES: minutes(15),
  /** How long a planner's free slots are cached for all callers, in seconds. */
  PLANNER_FRESH_SECONDS: z.coerce.number({ error: 'is no number' }).min(0).max(60).default(5),
  /** ISO instant at which the portal's clock starts; it ticks on from there. */
  ZICHT_NOW: z.iso.datetime({ offset: true, error: 'is no ISO instant such as 2026-03-02T09:00:00Z' }).optional(),
  /** Whether employees may open a case without consent in an emergency; unset: only with PRIVACY_OFFICER_EMAIL. */
  EMERGENCIES: z.enum(['on', 'off'], { error: "is neither 'on' nor 'off'" }).optional(),
  /** How often the portal looks for earlier slots for its watches, in seconds. */
  WATCH_SECONDS: z.coerce.number({ error: 'is no number' }).int().min(1).max(3600).default(60),
  /** For tests: a folder laid out as locales/ whose texts replace the portal's own. */
  TEXTS_FROM: z.string().optional(),
  /** For tests: the point of a move at which the process kills itself. */
  CRASH_AT: z.enum(CRASH_POINTS, { error: `is none of ${CRASH_POINTS.join(', ')}` }).optional(),
  /** ISO instant until which every page says that the portal is closed; it reopens by itself. */
  MAINTENANCE_UNTIL: z.iso
    .datetime({ offset: true, error: 'is no ISO instant such as 2026-03-02T09:00:00Z' })
    .optional(),
  /** Where to report a weakness, for /.well-known/security.txt: a `mailto:` or `https:` address. */
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:|https:\/\/)\S+$/, 'must start with mailto: or https://')
    .optional(),
  /** The day until which that file holds: not past, and at most a year ahead (RFC 9116). */
  SECURITY_EXPIRES: z.iso.date('is no ISO date').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(', ')}` }).default('info'),
  ...decidedSettings,
  ...notificationSettings,
  ...notifySettings,
  ...operationSettings,
});

type Environment = z.output<typeof environment>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);

function toConfig({ NODE_ENV, ...env }: Environment): Config {
  const [first = '', ...older] = secretsOf(env.SESSION_SECRET);
  const { PLANNER_URL } = env;
  const agency = env.AGENCY_DIR ?? NO_AGENCY;
  const inForce = decided(env, agency.settings);
  const { AGENCY_ZONE } = inForce;
  const decisions = agency.planners.find(({ name }) => name === '');
  return {
    ...env,
    ...inForce,
    OUTSIDE_FOLDER: Object.keys(decidedSettings).filter((name) => env[name as keyof DecidedSettings] !== undefined),
    PLANNERS:
      env.PLANNERS ?? (PLANNER_URL === undefined ? [] : [oapFrom({ ...env, PLANNER_URL, AGENCY_ZONE, decisions })]),
    production: NODE_ENV !== 'development',
    local: isLocal(env.ORIGIN),
    PROVIDERS: env.OIDC_PROVIDERS
      ? severalProviders(env.OIDC_PROVIDERS, agency.providers ?? {}).providers
      : [onlyProvider({ ...env, ...inForce }, agency.representation)],
    AGENCY_DIR: agency,
    EMERGENCIES: env.EMERGENCIES ?? (env.PRIVACY_OFFICER_EMAIL === undefined ? 'off' : 'on'),
    // Only needed behind a load balancer.
    DRAIN_NOTICE_SECONDS: env.DRAIN_NOTICE_SECONDS ?? (isLocal(env.ORIGIN) ? 0 : 3),
    SESSION_SECRET: [first, ...older],
    OWNER_SECRET: env.OWNER_SECRET ?? older.at(-1) ?? first,
  };
}

/** Settings that are only allowed on a developer's own machine. */
function unsafe(config: Config, env: Environment): string[] {
  const faults: string[] = notifyFaults(config);
  for (const role of ['', '_ADVISOR', '_STAFF'] as const)
    if (config[`SESSION_IDLE_MINUTES${role}`] > config[`SESSION_ABSOLUTE_MINUTES${role}`])
      faults.push(`SESSION_IDLE_MINUTES${role}: is longer than SESSION_ABSOLUTE_MINUTES${role}`);
  if (config.PLANNERS.some(({ holdMinutes }) => config.HOLD_MINUTES > holdMinutes))
    faults.push(`HOLD_MINUTES: is longer than ${env.PLANNERS ? 'holdMinutes of a planner' : 'PLANNER_HOLD_MINUTES'}`);
  if (config.EMERGENCIES === 'on' && config.PRIVACY_OFFICER_EMAIL === undefined)
    faults.push('EMERGENCIES: on needs PRIVACY_OFFICER_EMAIL');
  if (env.OIDC_CLIENT_SECRET !== undefined && env.OIDC_CLIENT_KEY_FILE !== undefined)
    faults.push('OIDC_CLIENT_SECRET and OIDC_CLIENT_KEY_FILE: only one of them');
  for (const { setting, name } of unknownBackends(config)) faults.push(`${setting}: ${name} is no backend`);
  for (const { name, issuer, claims, assurance } of config.PROVIDERS) {
    const of = (setting: string) => (name ? `OIDC_PROVIDERS: ${name}` : setting);
    const levels = Object.values(claims.acr?.values ?? {});
    if (levels.some((level) => !assurance?.levels.includes(level)))
      faults.push(`${of('OIDC_CLAIMS')}: acr: a value is none of the levels of assurance`);
    if (issuer.startsWith('http:') && !(config.local && isLocal(issuer)))
      faults.push(`${of('OIDC_ISSUER')}: must be https`);
  }
  if (config.STATISTICS_COLLECT !== undefined && config.STATISTICS_URL !== undefined)
    faults.push('STATISTICS_COLLECT and STATISTICS_URL: only one of them');
  if ((config.STATISTICS_URL ?? config.QUEUE_URL) !== undefined && config.AGENCY_TOKEN === undefined)
    faults.push(`AGENCY_TOKEN: ${missing}`);
  faults.push(...contactFaults(config));
  if (config.local) return faults.sort();

  for (const { name, assurance, formOrigins, credentials } of config.PROVIDERS) {
    if (assurance === undefined)
      faults.push(
        name ? `AGENCY_DIR: sign-in.json: providers.${name}: assurance: ${missing}` : `OIDC_ASSURANCE: ${missing}`,
      );
    if (formOrigins.some((origin) => origin.startsWith('http:')))
      faults.push(`${name ? `OIDC_PROVIDERS: ${name}: formOrigins` : 'OIDC_FORM_ORIGINS'}: must be https`);
    if (name && 'secret' in credentials && isDemo(credentials.secret))
      faults.push(`OIDC_PROVIDERS: ${name}: clientSecret is a demo value, which is only for a local ORIGIN`);
  }
  if (config.TEXTS_FROM !== undefined) faults.push('TEXTS_FROM: is only for a local ORIGIN');
  if (config.CRASH_AT !== undefined) faults.push('CRASH_AT: is only for a local ORIGIN');
  if (!config.production) faults.push('NODE_ENV: development is only for a local ORIGIN');
  if (config.ZICHT_NOW !== undefined) faults.push('ZICHT_NOW: a set clock is only for a local ORIGIN');
  for (const name of [
    'ORIGIN',
    'ZAKEN_URL',
    'CATALOGI_URL',
    'DOCUMENTEN_URL',
    'STATISTICS_URL',
    'QUEUE_URL',
    'NOTIFY_URL',
    'KLANTINTERACTIES_URL',
  ] as const)
    if (env[name]?.startsWith('http:') && !isLocal(env[name])) faults.push(`${name}: must be https`);
  if (config.PLANNERS.some(({ url }) => url.startsWith('http:') && !isLocal(url)))
    faults.push(`${env.PLANNERS ? 'PLANNERS' : 'PLANNER_URL'}: must be https`);
  if (config.PLANNERS.some(({ viewer }) => viewer && isDemo(viewer.secret)))
    faults.push(`${env.PLANNERS ? 'PLANNERS' : 'PLANNER_VIEWER_SECRET'}: a demo value is only for a local ORIGIN`);
  for (const name of [
    'SESSION_SECRET',
    'OWNER_SECRET',
    'OIDC_CLIENT_SECRET',
    'ZGW_SECRET',
    'AGENCY_TOKEN',
    'KLANTINTERACTIES_TOKEN',
  ] as const)
    if (secretsOf(env[name] ?? '').some(isDemo))
      faults.push(`${name}: is a demo value, which is only for a local ORIGIN`);
  for (const name of ['SESSION_SECRET', 'OWNER_SECRET', 'METRICS_TOKEN', 'PLANNER_VIEWER_SECRET'] as const)
    if (secretsOf(env[name] ?? '').some(isWeak)) faults.push(`${name}: can be guessed; make 32 random bytes`);
  if (env.OWNER_SECRET === undefined) faults.push('OWNER_SECRET: is missing');
  if (isOpen(config.SMTP_URL, 'smtp:', 'requireTLS', ['true']))
    faults.push('SMTP_URL: must be smtps://, or have ?requireTLS=true');
  if (isOpen(config.DATABASE_URL, 'postgres', 'sslmode', ['require', 'verify-ca', 'verify-full']))
    faults.push('DATABASE_URL: needs ?sslmode=require for another machine');
  if ((config.SECURITY_CONTACT === undefined) !== (config.SECURITY_EXPIRES === undefined))
    faults.push('SECURITY_CONTACT and SECURITY_EXPIRES: only both or neither');
  return faults.sort();
}

const secretsOf = (list: string): string[] =>
  list
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);
