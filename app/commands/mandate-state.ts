import { config } from '~/config/config.server';
import { type ChangeOutcome, changeByAgency, previewChange, stopOf } from '~/mandate/change-by-agency.server';
import { errorName } from '~/platform/log.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { withDatabase } from '~/store/command-database.server';
import type { Choice } from '~/store/mandate-agency.server';
import { requireOwnSecret, requireSettings } from './command-settings.server';
import { type Order, orderOf, USAGE } from './mandate-order.server';

// `npm run mandate:state -- EVENT …` applies what an agency's own registers say to mandates, with an audit entry for each.
// It prints ids and counts, never a person's name or number.
const order = orderOf(process.argv.slice(2));
if ('wrong' in order) {
  console.error(`${order.wrong}\n${USAGE}`);
  process.exit(2);
}
requireSettings(USAGE);
await requireOwnSecret();
try {
  const choice = choiceOf(order.whose);
  const act = order.yes ? changeByAgency : previewChange;
  const outcome = await withDatabase(config().DATABASE_URL, (database) => act(database, choice, order.change));
  print(order, choice, outcome);
} catch (error) {
  console.error(
    `Stopped by an error (${errorName(error)}). The changes so far are saved and audited. Run the command again for the rest.`,
  );
  process.exitCode = 1;
}

function choiceOf(whose: Order['whose']): Choice {
  if ('mandate' in whose) return whose;
  if ('advisor' in whose) return { advisor: actorPseudonym(whose.advisor) };
  return { clients: whose.people.map(ownerOfPerson) };
}

function print({ change, yes }: Order, choice: Choice, { changed, left }: ChangeOutcome): void {
  const stop = stopOf(choice, change);
  for (const { id, from, to } of changed) console.log(`  ${id}: ${from} → ${to}`);
  console.log(`${change.name}, ${change.reason}: ${changed.length} mandates; ${left} unchanged.`);
  if (stop)
    console.log(stop.stopped ? 'This advisor may begin no new mandate.' : 'This advisor may begin new mandates.');
  if (!yes) console.log('Nothing was changed: add --yes to do it.');
  console.log(
    JSON.stringify({
      event: change.name,
      reason: change.reason,
      done: yes,
      stop: stop?.stopped ?? null,
      changed,
      left,
    }),
  );
  // No mandate has that id or number: most likely a typing mistake.
  if (changed.length + left === 0 && !stop) process.exitCode = 1;
}
