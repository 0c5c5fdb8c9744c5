import type { Catalogues } from '~/i18n/read-catalogues';
import { textsOf } from './texts';

const ESTIMATE = ['case:wait.title', 'case:wait.range', 'case:wait.span', 'case:wait.tenths', 'case:wait.not'];
const RUNNING = ['case:period.title', 'case:period.running', 'case:period.whatIfLate', 'case:period.overdueMore'];
const OPEN = [...ESTIMATE, ...RUNNING];
const DECISION = ['case:answer.outcome', 'case:answer.made', 'case:answer.then', 'case:answer.remedy'];

/** Keys, or groups of keys, of what a person reads in a stage with words of the portal, beside those words. */
const IN_STAGE = {
  received: ['case:next.wait', 'case:visit.notNeeded', ...OPEN],
  fee: [
    'case:next.pay',
    'case:next.payUntil',
    'case:answer.amount',
    'case:answer.way',
    'case:visit.notNeeded',
    ...OPEN,
  ],
  biometrics: ['case:next.biometrics', 'case:next.biometricsUntil', 'case:visit.booked', 'case:visit.book', ...OPEN],
  documents: [
    'case:next.papers',
    'case:next.papersUntil',
    'case:next.paper',
    'case:answer.way',
    'case:visit.papersByPost',
    ...OPEN,
  ],
  review: ['case:next.wait', 'case:visit.notNeeded', ...OPEN],
  'registration-interview': [
    'case:next.awaitInvitation',
    'case:next.attend',
    'case:next.wasInvited',
    'case:visit.invited',
    ...OPEN,
  ],
  interview: ['case:next.awaitInvitation', 'case:next.attend', 'case:visit.invited', ...OPEN],
  intention: ['case:next.respond', 'case:next.respondUntil', ...OPEN],
  advice: ['case:next.wait', 'case:visit.notNeeded', ...OPEN],
  decided: DECISION,
  ceremony: ['case:next.awaitInvitation', 'case:next.attend', 'case:next.wasInvited', ...DECISION],
  collect: ['case:next.collect', 'case:next.collectUntil', 'case:visit.book', ...DECISION],
  closed: DECISION,
  withdrawn: ['case:answer.withdrawn'],
} as const;

/** What comes on top in any stage. */
const OTHER_STATES = {
  late: ['case:period.overdue', 'case:answer.likelyLate', 'case:period.overdueMore', 'case:answer.notice'],
  paused: [
    'case:period.title',
    'case:period.paused',
    'case:period.pausedWas',
    'case:period.pausedPast',
    'case:wait.pausedNow',
  ],
  extended: ['case:period.title', 'case:period.extended', 'case:period.extendedOpen', 'case:period.extendedCounted'],
  unknown: [
    'case:stage.unknown',
    'case:next.unknown',
    'case:next.unknownUntil',
    'case:visit.unknown',
    'case:period.unknown',
    'case:wait.none',
  ],
  'no-case': [
    'case:list.none',
    'case:list.noneMore',
    'case:list.noneSponsor',
    'case:list.noneNumber',
    'case:list.couldNotAsk',
    'case:list.couldNotAskMore',
  ],
  'session-ends': ['common:session', 'identity:signIn.expired', 'identity:signedOut'],
} as const;

const STATES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(IN_STAGE).map(([stage, keys]) => [stage, [`case:stage.${stage}`, ...keys]])),
  ...OTHER_STATES,
};

export const STATE_NAMES: readonly string[] = Object.keys(STATES);

/** A text of a state with its key; a form of a plural is a text of its own. */
export interface StateText {
  readonly key: string;
  readonly text: string;
}

/** Lists the texts that a person in a state can read in a language, in the order of the page. */
export function textsOfState(catalogues: Catalogues, language: string, state: string): StateText[] {
  const all = Object.entries(catalogues[language] ?? {}).flatMap(([namespace, catalogue]) =>
    textsOf(catalogue).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
  );
  return (STATES[state] ?? []).flatMap((path) => all.filter(({ key }) => key === path || key.startsWith(`${path}.`)));
}
