import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import { dateIn } from '~/model/time';
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
  const formats = formatsOf(language);
  const zone = config().AGENCY_ZONE;
  const [date, time] = [formats.date(dateIn(zone, setAt)), formats.clock(setAt.toString(), zone)];
  const at = translatorOf(language)('audit:moment', { date, time });
  return { procedure, trust, reason, by: setBy, at };
}

export type SwitchLine = ReturnType<typeof switchLine>;
