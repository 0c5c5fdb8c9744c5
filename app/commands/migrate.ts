import { config } from '~/config/config.server';
import { databaseLacks, migrateDatabase } from '~/store/store.server';
import { requireSettings } from './command-settings.server';

const USAGE = `usage: npm run migrate [-- --check]
  applies the missing migrations in one transaction; a second one waits for the first
  --check   only names them; ends with 1 when there are some`;

// `npm run migrate` brings the database's tables up to date. It needs DATABASE_URL only.
const args = process.argv.slice(2);
const isCheck = args[0] === '--check';
if (args.length > (isCheck ? 1 : 0)) {
  console.error(USAGE);
  process.exit(2);
}
requireSettings(USAGE, false);
try {
  const names = await (isCheck ? databaseLacks : migrateDatabase)(config().DATABASE_URL);
  for (const name of names) console.log(`  ${name}`);
  console.log(
    isCheck
      ? `${names.length} migrations are missing.`
      : `${names.length} migrations applied; the database is up to date.`,
  );
  console.log(JSON.stringify({ [isCheck ? 'missing' : 'applied']: names }));
  if (isCheck && names.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(`The database is as it was: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
