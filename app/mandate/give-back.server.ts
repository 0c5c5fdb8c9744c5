import type { Professional } from '~/identity/session.server';
import { matches } from '~/model/search-words';
import { momentWords } from '~/platform/moment-words.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { takeUpAgain, undoable } from '~/store/give-back.server';
import { type Mandate, mandatesOf } from '~/store/mandate.server';
import { answerAsAdvisor } from './advisor.server';
import { auditTransition } from './audit-transition.server';

/** The most that one form gives back; the page says how many are left. */
const MOST = 500;

/** What the advisor can give back, of which a search finds some, and what they can still undo. */
export async function giveBackView(advisor: Professional, search: string) {
  const [mandates, given] = await Promise.all([ownMandates(advisor), undoable(actorPseudonym(advisor.actor.id))]);
  return {
    mandates: mandates.filter(({ names }) => matches(search, [names.client, ...names.references])).map(lineOf),
    given: given.map((mandate) => ({
      ...lineOf(mandate),
      until: mandate.undoUntil && momentWords(mandate.undoUntil, advisor.language),
    })),
  };
}

/** The mandates that were ticked, if they can be given back. */
export async function chosenOf(advisor: Professional, form: FormData) {
  const ids = new Set(form.getAll('mandate').slice(0, MOST));
  return (await ownMandates(advisor)).filter(({ id }) => ids.has(id)).map(lineOf);
}

/** Gives back what was ticked, each with its audit entry. Returns how many. */
export async function giveBack(advisor: Professional, form: FormData): Promise<number> {
  let count = 0;
  for (const { id } of await chosenOf(advisor, form)) if (await answerAsAdvisor(advisor, id, 'withdraw')) count += 1;
  return count;
}

/** Takes up what was ticked. Returns how many of them could not be taken up any more. */
export async function undoGiveBack({ actor, office: actorUnit }: Professional, form: FormData): Promise<number> {
  let left = 0;
  for (const id of form.getAll('given').slice(0, MOST).map(String)) {
    const taken = await takeUpAgain(id, actorPseudonym(actor.id), (transaction, transition) =>
      auditTransition(actor, 'take-up-mandate', transition, { actorUnit, reason: `after ${id}` }, transaction),
    );
    if (!taken) left += 1;
  }
  return left;
}

/** Only the advisor's own: no colleague gives back what a client gave to another. */
async function ownMandates({ actor }: Professional): Promise<Mandate[]> {
  const advisor = actorPseudonym(actor.id);
  const all = await mandatesOf({ advisor, firm: null });
  return all
    .filter((one) => one.advisor === advisor && (one.state === 'active' || one.state === 'suspended'))
    .sort((a, b) => a.names.client.localeCompare(b.names.client) || a.id.localeCompare(b.id));
}

const lineOf = ({ id, names }: Mandate) => ({ id, who: names.client, references: [...names.references] });

export type GiveBackLine = ReturnType<typeof lineOf>;
