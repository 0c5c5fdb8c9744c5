import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import { momentWords } from '~/platform/moment-words.server';
import { type SwitchChange, switches, switchLog } from '~/store/estimate-switch.server';
import { trained } from './model.server';

const MOST_LINES = 50;

/** The known procedures and all that were ever switched. */
export async function switchable(): Promise<string[]> {
  const known = Object.keys(knownValue(trained())?.model.procedures ?? {});
  return [...new Set([...known, ...(await switches()).map(({ procedure }) => procedure)])];
}

/** The switch in force for each procedure, and the latest changes. */
export async function switchesView(language: Language) {
  const [procedures, changes] = await Promise.all([switchable(), switchLog(MOST_LINES)]);
  const log = changes.map((change) => switchLine(change, language));
  return {
    procedures: procedures.map((procedure) => ({
      procedure,
      last: log.find((line) => line.procedure === procedure) ?? null,
    })),
    log,
  };
}

export type SwitchesView = Awaited<ReturnType<typeof switchesView>>;

function switchLine({ procedure, trust, reason, setBy, setAt }: SwitchChange, language: Language) {
  return { procedure, trust, reason, by: setBy, at: momentWords(setAt, language) };
}

export type SwitchLine = ReturnType<typeof switchLine>;
