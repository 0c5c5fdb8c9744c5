import { config, takeCommandSettings } from '~/config/config.server';
import { withDatabase } from '~/store/command-database.server';
import { WrongOwnerSecret } from '~/store/secret-check.server';

/** Ends the command with 2 and a line for each fault when a setting that it needs is missing or wrong. */
export function requireSettings(usage: string, needsSecret = true): void {
  const faults = takeCommandSettings(needsSecret);
  if (faults.length === 0) return;
  console.error([...faults, usage].join('\n'));
  process.exit(2);
}

/** Ends the command with 2 when OWNER_SECRET is not the one of the database. Other troubles are left to the command. */
export async function requireOwnSecret(): Promise<void> {
  try {
    await withDatabase(config().DATABASE_URL, async () => {});
  } catch (error) {
    if (!(error instanceof WrongOwnerSecret)) return;
    console.error(error.message);
    process.exit(2);
  }
}
