import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import type { Actor } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { momentWords } from '~/platform/moment-words.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { numbersOf } from '~/store/employee.server';
import { type SwitchChange, switches, switchLog } from '~/store/estimate-switch.server';
import { trained } from './model.server';

const MOST_LINES = 50;

/** The known procedures and all that were ever switched. */
export async function switchable(): Promise<string[]> {
  const known = Object.keys(knownValue(trained())?.model.procedures ?? {});
  return [...new Set([...known, ...(await switches(now())).map(({ procedure }) => procedure)])];
}

/**
 * The switch in force for each procedure, the one that waits for another employee, and the latest changes.
 *
 * @param actor who sees them: their own change is for another employee to confirm
 */
export async function switchesView({ id: actor }: Pick<Actor, 'id'>, language: Language) {
  const [procedures, changes, inForce] = await Promise.all([switchable(), switchLog(MOST_LINES), switches(now())]);
  const numbers = await numbersOf(changes.flatMap(({ setBy, confirmedBy }) => [setBy, confirmedBy ?? setBy]));
  const known = knownValue(trained());
  const lineOf = (change: SwitchChange) => ({
    id: change.id,
    procedure: change.procedure,
    trust: change.trust,
    reason: change.reason,
    by: [change.setBy, change.confirmedBy].flatMap((each) => (each === null ? [] : (numbers.get(each) ?? []))),
    at: momentWords(change.confirmedAt ?? change.setAt, language),
    until: change.endsAt && momentWords(change.endsAt, language),
    isConfirmed: change.confirmedAt !== null,
  });
  return {
    procedures: procedures.map((procedure) => {
      const own = changes.filter((change) => change.procedure === procedure);
      const confirmed = own.filter(({ confirmedAt }) => confirmedAt !== null);
      const last = confirmed.reduce<SwitchChange | null>(
        (newest, each) => (newest && isLater(newest, each) ? newest : each),
        null,
      );
      const trust = inForce.find((each) => each.procedure === procedure)?.trust ?? null;
      const open = known?.figures.find((each) => each.procedure === procedure)?.months.at(-1)?.open;
      const [newest] = own;
      const waits = newest?.confirmedAt === null && (newest.endsAt?.epochMilliseconds ?? 0) > now().epochMilliseconds;
      return {
        procedure,
        last: last && { ...lineOf(last), trust, reason: trust && last.reason },
        waiting: newest && waits ? { ...lineOf(newest), mayConfirm: newest.setBy !== actorPseudonym(actor) } : null,
        /** How many cases it is about; null when unknown. */
        cases: open === undefined ? null : formatsOf(language).number(Math.round(open)),
      };
    }),
    log: changes.map(lineOf),
  };
}

const isLater = (one: SwitchChange, other: SwitchChange): boolean =>
  (one.confirmedAt?.epochMilliseconds ?? 0) > (other.confirmedAt?.epochMilliseconds ?? 0) ||
  (one.confirmedAt?.epochMilliseconds === other.confirmedAt?.epochMilliseconds && one.id > other.id);

export type SwitchesView = Awaited<ReturnType<typeof switchesView>>;
export type SwitchLine = SwitchesView['log'][number];
