type Environment = Readonly<Record<string, string | undefined>>;

/** What a command may read. All other settings get a stand-in, so that their faults don't keep it from running. */
const READ = ['DATABASE_URL', 'OWNER_SECRET', 'SESSION_SECRET', 'AGENCY_DIR', 'AGENCY_ZONE', 'LOG_LEVEL'];

const NOWHERE = 'https://not-set.invalid';
const STAND_INS = {
  ORIGIN: 'http://localhost',
  OIDC_ISSUER: NOWHERE,
  OIDC_CLIENT_ID: '-',
  OIDC_CLIENT_SECRET: '-',
  ZAKEN_URL: NOWHERE,
  CATALOGI_URL: NOWHERE,
  ZGW_CLIENT_ID: '-',
  ZGW_SECRET: '-',
  PLANNER_URL: NOWHERE,
  STATISTICS_URL: NOWHERE,
  QUEUE_URL: NOWHERE,
  AGENCY_TOKEN: '-',
};

const NO_SECRET = 'this command opens and seals nothing';

/** The environment for a command that works on the database and calls no backend. */
export function settingsForCommand(env: Environment, needsSecret = true): Environment {
  const given = Object.fromEntries(READ.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  // Nothing is sealed by such a command; the permanent secret alone is enough.
  const SESSION_SECRET = needsSecret ? (given.OWNER_SECRET ?? given.SESSION_SECRET) : NO_SECRET;
  return { ...STAND_INS, ...given, ...(needsSecret ? {} : { OWNER_SECRET: NO_SECRET }), SESSION_SECRET };
}
