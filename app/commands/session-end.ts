import { parseArgs } from 'node:util';
import { config } from '~/config/config.server';
import { countSessions, END_REASONS, type EndReason, endSessionsOf } from '~/identity/end-sessions.server';
import { errorName } from '~/platform/log.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { withDatabase } from '~/store/command-database.server';
import type { SessionsOf } from '~/store/open-session.server';
import { requireOwnSecret, requireSettings } from './command-settings.server';
import { linesIn, NUMBER_LINES, numbersIn } from './numbers-in.server';

const USAGE = `usage: npm run session:end -- (--sub SUB | --person -) --reason REASON [--yes]
  --reason    ${END_REASONS.join(' | ')}
  --sub SUB   the \`sub\` of the person's sign-in; - reads it from standard input
  --person -  an applicant, whose numbers are read from standard input (bsn:… or vnumber:…, one a line)
  --yes       does it; without it the command prints how many sessions are open`;

interface Order {
  readonly whose: SessionsOf;
  readonly reason: EndReason;
  readonly yes: boolean;
}

requireSettings(USAGE);
// `npm run session:end -- …` ends the sessions of a person, with an audit entry. It prints counts, never a person.
const order = orderOf(process.argv.slice(2));
if ('wrong' in order) {
  console.error(`${order.wrong}\n${USAGE}`);
  process.exit(2);
}
await requireOwnSecret();
try {
  const { whose, reason, yes } = order;
  const sessions = await withDatabase(config().DATABASE_URL, (database) =>
    yes ? endSessionsOf(database, whose, reason) : countSessions(database, whose),
  );
  console.log(yes ? `${sessions} sessions ended.` : `${sessions} sessions are open. Add --yes to end them.`);
  console.log(JSON.stringify({ sessions, done: yes }));
  // Nobody of that name is signed in: possibly a typing mistake.
  if (sessions === 0) process.exitCode = 1;
} catch (error) {
  console.error(`Stopped by an error (${errorName(error)}). Nothing was changed.`);
  process.exitCode = 1;
}

/** Parses the arguments. An error message never repeats an argument: it may be a person's number. */
function orderOf(args: readonly string[]): Order | { readonly wrong: string } {
  const values = valuesIn(args);
  if (!values) return { wrong: 'Unknown argument.' };
  const { sub, person, yes = false } = values;
  const reason = END_REASONS.find((known) => known === values.reason);
  if (!reason) return { wrong: 'Name one of the reasons.' };
  if ((sub === undefined) === (person === undefined)) return { wrong: 'Choose by one of --sub and --person.' };
  if (sub !== undefined) {
    const id = sub === '-' ? linesIn()[0] : sub;
    return id ? { whose: { subject: actorPseudonym(id) }, reason, yes } : { wrong: 'Nobody was named.' };
  }
  if (person !== '-') return { wrong: '--person takes only -, and reads numbers from standard input.' };
  const numbers = numbersIn();
  return numbers ? { whose: { owners: numbers.map(ownerOfPerson) }, reason, yes } : { wrong: NUMBER_LINES };
}

function valuesIn(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { sub: text, person: text, reason: text, yes: { type: 'boolean' } } })
      .values;
  } catch {
    return null;
  }
}
