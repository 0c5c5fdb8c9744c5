import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AGENCY_EVENTS, type AgencyEvent } from '~/model/mandate-agency';
import type { PersonId } from '~/model/viewer';
import { linesIn, NUMBER_LINES, numbersIn } from './numbers-in.server';

export const USAGE = `usage: npm run mandate:state -- EVENT --reason REASON (--mandate ID | --advisor SUB | --client -) [--yes]
  suspend         --reason bar-register | compromise | dispute
  resume          --reason the reason of the suspension
  end-by-law      --reason majority | death | guardianship          not with --advisor
  end-for-client  --reason phone | counter | letter                 not with --advisor: how the client said so
  --mandate ID    one
  --advisor SUB   all of an advisor, by the \`sub\` of their sign-in; - reads it from standard input
  --client -      all of a person, whose numbers are read from standard input (bsn:… or vnumber:…, one a line):
                  other users of the machine can see arguments
  --yes           does it; without it the command prints what it would do`;

export interface Order {
  readonly change: AgencyEvent;
  readonly whose:
    | { readonly mandate: string }
    | { readonly advisor: string }
    | { readonly people: readonly PersonId[] };
  readonly yes: boolean;
}

const eventSchema = z.union([
  z.object({ name: z.enum(['suspend', 'resume']), reason: z.enum(AGENCY_EVENTS.suspend.reasons) }),
  z.object({ name: z.literal('end-by-law'), reason: z.enum(AGENCY_EVENTS['end-by-law'].reasons) }),
  z.object({ name: z.literal('end-for-client'), reason: z.enum(AGENCY_EVENTS['end-for-client'].reasons) }),
]);

/** Parses the arguments. An error message never repeats an argument: it may be a person's number. */
export function orderOf(args: readonly string[]): Order | { readonly wrong: string } {
  const typed = typedIn(args);
  if (!typed) return { wrong: 'Unknown argument.' };
  const { mandate, advisor, client, reason, yes = false } = typed.values;
  const change = eventSchema.safeParse({ name: typed.positionals[0], reason });
  if (!change.success || typed.positionals.length !== 1) return { wrong: 'Name one event and one of its reasons.' };
  const [by, ...more] = Object.entries({ mandate, advisor, client }).filter(([, value]) => value !== undefined);
  if (!by || more.length > 0) return { wrong: 'Choose by one of --mandate, --advisor and --client.' };
  if (!AGENCY_EVENTS[change.data.name].whose.some((kind) => kind === by[0]))
    return { wrong: 'This event does not apply to all mandates of an advisor.' };
  if (by[0] === 'client' && change.data.reason === 'bar-register')
    return { wrong: 'The bar register lists advisors: use --advisor or --mandate.' };
  const whose = whoseIn({ mandate, advisor, client });
  return 'wrong' in whose ? whose : { change: change.data, whose, yes };
}

function typedIn(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { mandate: text, advisor: text, client: text, reason: text, yes: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return null;
  }
}

function whoseIn({
  mandate,
  advisor,
  client,
}: Readonly<Record<'mandate' | 'advisor' | 'client', string | undefined>>):
  | Order['whose']
  | { readonly wrong: string } {
  if (mandate !== undefined)
    return z.uuid().safeParse(mandate).success ? { mandate } : { wrong: '--mandate takes the id of a mandate.' };
  if (advisor !== undefined) {
    const sub = advisor === '-' ? (linesIn()[0] ?? '') : advisor;
    return sub ? { advisor: sub } : { wrong: 'No advisor was named.' };
  }
  if (client !== '-') return { wrong: '--client takes only -, and reads numbers from standard input.' };
  const people = numbersIn();
  return people ? { people } : { wrong: NUMBER_LINES };
}
