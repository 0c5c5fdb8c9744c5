import { config } from '~/config/config.server';
import { errorName } from '~/platform/log.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { withDatabase } from '~/store/command-database.server';
import type { Choice } from '~/store/mandate-agency.server';
import { type ChangeOutcome, changeByAgency, previewChange, stopOf } from './change-by-agency.server';
import { type Order, orderOf, USAGE } from './state-arguments.server';

// `npm run mandate:state -- EVENT …`: what an agency knows of its own registers happens to mandates, each with its event
// on record. It prints ids and counts, never a name or a number of anybody.
const order = orderOf(process.argv.slice(2));
if ('wrong' in order) {
  console.error(`${order.wrong}\n${USAGE}`);
  process.exit(2);
}
const { DATABASE_URL } = config();
try {
  const choice = choiceOf(order.whose);
  const act = order.yes ? changeByAgency : previewChange;
  const outcome = await withDatabase(DATABASE_URL, (database) => act(database, choice, order.change));
  tell(order, choice, outcome);
} catch (error) {
  console.error(`It could not go on (${errorName(error)}). What is done is on record: ask again for the rest.`);
  process.exitCode = 1;
}

function choiceOf(whose: Order['whose']): Choice {
  if ('mandate' in whose) return whose;
  if ('advisor' in whose) return { advisor: actorPseudonym(whose.advisor) };
  return { clients: whose.people.map(ownerOfPerson) };
}

function tell({ change, yes }: Order, choice: Choice, { changed, left }: ChangeOutcome): void {
  const stop = stopOf(choice, change);
  for (const { id, from, to } of changed) console.log(`  ${id}: ${from} → ${to}`);
  console.log(`${change.name}, ${change.reason}: ${changed.length} mandates; ${left} stay as they are.`);
  if (stop)
    console.log(stop.stopped ? 'Nothing new begins with this advisor.' : 'This advisor may begin something new.');
  if (!yes) console.log('Nothing was changed: --yes does it.');
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
  // Nothing was found by that id or number: most likely a slip.
  if (changed.length + left === 0 && !stop) process.exitCode = 1;
}
