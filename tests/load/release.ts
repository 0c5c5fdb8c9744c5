import { parseArgs } from 'node:util';
import { drawSlots, randomFrom, type Ticket, WINDOW_MINUTES } from '../../app/model/draw';

/**
 * Simulates a release of slots that more people want than there are, bots among them. Compares three ways: first come,
 * first served; a draw with a ticket per person, all accounts of a bot being one person; and the same draw where each
 * account of a bot belongs to another person, bought or stolen.
 */
interface Outcome {
  readonly way: 'first-come' | 'draw' | 'draw-bought-accounts';
  readonly botPersons: number;
  readonly persons: number;
  readonly botSlots: number;
  readonly slots: number;
  /** Percent. */
  readonly botShareOfPersons: number;
  readonly botShareOfSlots: number;
}

const USAGE =
  'Usage: npm run simulate:release -- [--people 30000] [--bots 500] [--accounts 60] [--slots 4000] [--seed text]';
const OPENS = Date.UTC(2026, 2, 2, 8);
const WINDOW_MS = WINDOW_MINUTES * 60_000;
/** Percentage points by which the bots' share of slots may exceed their share of persons. */
const ALLOWED_POINTS = 5;

const options = optionsOrExit();
const outcomes = [firstCome(), draw('draw'), draw('draw-bought-accounts')];
for (const outcome of outcomes) console.log(wordsOf(outcome));
const drawn = outcomes.filter(({ way }) => way !== 'first-come');
const fair = drawn.every((each) => each.botShareOfSlots <= each.botShareOfPersons + ALLOWED_POINTS);
console.log(fair ? 'The draw gives bots no more than their share.' : 'The draw gives bots MORE than their share.');
console.log(JSON.stringify({ ...options, allowedPoints: ALLOWED_POINTS, fair, outcomes }));
process.exitCode = fair ? 0 : 1;

/** All tries in the order of arrival. A bot uses all its accounts within the first second. */
function firstCome(): Outcome {
  const random = randomFrom(`${options.seed} arrivals`);
  const tries: { readonly bot: boolean; readonly at: number }[] = [];
  for (let person = 0; person < options.people; person += 1) tries.push({ bot: false, at: arrivalOf(random()) });
  for (let account = 0; account < options.bots * options.accounts; account += 1)
    tries.push({ bot: true, at: random() * 1_000 });
  const served = tries.sort((a, b) => a.at - b.at).slice(0, options.slots);
  return outcomeOf('first-come', options.bots * options.accounts, served.filter(({ bot }) => bot).length);
}

function draw(way: 'draw' | 'draw-bought-accounts'): Outcome {
  const random = randomFrom(`${options.seed} arrivals`);
  const tickets: Ticket[] = [];
  for (let person = 0; person < options.people; person += 1)
    tickets.push({ person: `person ${person}`, wants: [], at: instant(arrivalOf(random())) });
  for (let bot = 0; bot < options.bots; bot += 1)
    for (let account = 0; account < options.accounts; account += 1) {
      const person = way === 'draw' ? `bot ${bot}` : `bot ${bot} as ${account}`;
      tickets.push({ person, wants: [], at: instant(random() * 1_000) });
    }
  const slots = Array.from({ length: options.slots }, (_, index) => `slot ${index}`);
  const release = { slots, opens: instant(0), windowMinutes: WINDOW_MINUTES, seed: options.seed };
  const winners = [...drawSlots(tickets, release).keys()];
  const botPersons = way === 'draw' ? options.bots : options.bots * options.accounts;
  return outcomeOf(way, botPersons, winners.filter((person) => person.startsWith('bot')).length);
}

/** Milliseconds after opening. Most people arrive early, but none within two seconds, since they read first. */
function arrivalOf(chance: number): number {
  return 2_000 + chance ** 2 * (WINDOW_MS - 2_001);
}

function outcomeOf(way: Outcome['way'], botPersons: number, botSlots: number): Outcome {
  const persons = options.people + botPersons;
  const percent = (part: number, whole: number) => Math.round((1_000 * part) / Math.max(1, whole)) / 10;
  const slots = Math.min(options.slots, persons);
  return {
    way,
    botPersons,
    persons,
    botSlots,
    slots,
    botShareOfPersons: percent(botPersons, persons),
    botShareOfSlots: percent(botSlots, slots),
  };
}

function wordsOf({ way, persons, botPersons, slots, botSlots, botShareOfPersons, botShareOfSlots }: Outcome): string {
  const name = {
    'first-come': 'First come, first served',
    draw: 'Draw, one ticket a person, a bot is one person',
    'draw-bought-accounts': 'Draw, every account of a bot is another person’s',
  }[way];
  return `${name}: bots are ${botPersons} of ${persons} persons (${botShareOfPersons} %) and get ${botSlots} of ${slots} times (${botShareOfSlots} %).`;
}

function instant(msAfterOpening: number): string {
  return new Date(OPENS + Math.floor(msAfterOpening)).toISOString();
}

function optionsOrExit() {
  try {
    const { values } = parseArgs({
      options: {
        people: { type: 'string', default: '30000' },
        bots: { type: 'string', default: '500' },
        accounts: { type: 'string', default: '60' },
        slots: { type: 'string', default: '4000' },
        seed: { type: 'string', default: 'release of 2 March' },
      },
    });
    const [people, bots, accounts, slots] = [values.people, values.bots, values.accounts, values.slots].map(Number);
    const all = { people: people ?? -1, bots: bots ?? -1, accounts: accounts ?? -1, slots: slots ?? -1 };
    if (!Object.values(all).every((value) => Number.isInteger(value) && value >= 0 && value <= 1_000_000))
      throw new Error('not a whole number between 0 and 1000000');
    return { ...all, seed: values.seed };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
