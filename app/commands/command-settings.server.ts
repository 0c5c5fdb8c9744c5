import { takeCommandSettings } from '~/config/config.server';

/** Ends the command with 2 and a line for each fault when a setting that it needs is missing or wrong. */
export function requireSettings(usage: string, needsSecret = true): void {
  const faults = takeCommandSettings(needsSecret);
  if (faults.length === 0) return;
  console.error([...faults, usage].join('\n'));
  process.exit(2);
}
