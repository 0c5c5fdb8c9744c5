import type { ProductCode } from './appointment';
import type { Procedure, Stage } from './case';
import type { Law } from './law';
import type { Meaning, Outcome } from './meaning';
import { type Way, type Ways, waysFor } from './ways';

export interface StageRule {
  readonly key: Stage;
  /** The registry's names of the stage ("statustype.omschrijving"), as `plainName` gives them. */
  readonly names: readonly string[];
  /** UUIDs of statustypes, in lower case, for names that mean different stages. */
  readonly types: readonly string[];
  readonly means: Meaning;
  /** What the visit is for; null when it needs none. */
  readonly product: ProductCode | null;
  /** Shown once it is reached, never announced as to come. */
  readonly optional: boolean;
}

export interface ProcedureRule {
  readonly key: Procedure;
  /** The registry's codes of the procedure ("zaaktype.identificatie"). */
  readonly types: readonly string[];
  /** Stages that only this procedure has, or means otherwise; they win over the common ones. */
  readonly stages: readonly StageRule[];
}

/** The names of a case's properties ("eigenschappen") in the registry, as `plainName` gives them. */
export interface PropertyNames {
  readonly invitation: string;
  readonly replyBy: string;
  readonly asked: string;
  /** The case's own page to do what is asked, and the fee. */
  readonly link: string;
  readonly amount: string;
  /** Dates of a decision: made, sent to the person, and the last day to object or appeal. */
  readonly decided: string;
  readonly notified: string;
  readonly reactBy: string;
  /** The date on which the agency got a notice of default. */
  readonly noticeReceived: string;
  /** The source ("bron") of the characteristic that holds the V-number. */
  readonly vNumber: string;
}

/** A kind of document that the agency may ask for. */
export interface PaperRule {
  /** The last part of the key of its name, `case:next.paper.KEY`. */
  readonly key: string;
  /** The registry's words for it beside the key, in lower case. */
  readonly names: readonly string[];
}

/** What an agency decides about its cases: read from its folder and checked at start. */
export interface AgencyRules {
  readonly procedures: readonly ProcedureRule[];
  readonly stages: readonly StageRule[];
  /** Whether cases of other types are shown, by the agency's own name for them. */
  readonly showOthers: boolean;
  /** The registry's names of results, as `plainName` gives them. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly properties: PropertyNames;
  /** ISO 4217 code of fees and penalties. */
  readonly currency: string;
  /** The rules by which last days are computed. */
  readonly law: Law;
  readonly papers: readonly PaperRule[];
  readonly ways: Ways;
}

/** A registry's code or name as it is compared: letters in any case, composed or not, with any white space. */
export const plainName = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** The procedure of a registry's code; null for one that the agency did not name. */
export const procedureIn = ({ procedures }: AgencyRules, code: string): ProcedureRule | null =>
  procedures.find(({ types }) => types.some((type) => plainName(type) === plainName(code))) ?? null;

/**
 * The stage of a registry's step. By its UUID before its name, and the procedure's own before the common ones. Null for
 * one that the agency did not name: pages then show the agency's own words, and say so.
 */
export function stageIn(
  { stages }: AgencyRules,
  procedure: ProcedureRule | null,
  { uuid, name }: { readonly uuid: string; readonly name: string },
): StageRule | null {
  const all = [...(procedure?.stages ?? []), ...stages];
  const type = uuid.toLowerCase();
  const words = plainName(name);
  return all.find(({ types }) => types.includes(type)) ?? all.find(({ names }) => names.includes(words)) ?? null;
}

/** Whether applicants see cases of this type at all. */
export const isShown = (
  { showOthers }: AgencyRules,
  { procedure }: { readonly procedure: Procedure | null },
): boolean => showOthers || procedure !== null;

/** What the first known of a result's names means; null when none is known. */
export const outcomeIn = ({ outcomes }: AgencyRules, names: readonly string[]): Outcome | null =>
  names.map((name) => outcomes.get(plainName(name))).find((outcome) => outcome !== undefined) ?? null;

/** The key of a paper by the registry's word for it; null for one that the agency did not name. */
export function paperIn({ papers }: AgencyRules, word: string): string | null {
  const asked = plainName(word);
  return papers.find(({ key, names }) => key === asked || names.includes(asked))?.key ?? null;
}

export const procedureKeys = ({ procedures }: AgencyRules): string[] => procedures.map(({ key }) => key);

/** All stages, the common ones first, each once. */
export const stageKeys = ({ procedures, stages }: AgencyRules): string[] => [
  ...new Set([...stages, ...procedures.flatMap(({ stages: own }) => own)].map(({ key }) => key)),
];

/** The keys of the words that an agency's procedures, stages and papers need in every language. */
export const wordKeysOf = (agency: AgencyRules): string[] => [
  ...procedureKeys(agency).map((key) => `case:procedure.${key}`),
  ...stageKeys(agency).flatMap((key) => [`case:stage.${key}.name`, `case:stage.${key}.now`]),
  ...agency.papers.map(({ key }) => `case:next.paper.${key}`),
];

/** The ways to do what a stage of this meaning asks. Who gives none for a response takes it where papers go. */
export function waysTo(ways: Ways, means: Meaning, procedure: Procedure | null): readonly Way[] {
  const papers = waysFor(ways.papers, procedure);
  if (means === 'pay') return waysFor(ways.pay, procedure);
  if (means === 'send-papers') return papers;
  const respond = waysFor(ways.respond, procedure);
  return means !== 'respond' ? [] : respond.length > 0 ? respond : papers;
}

/**
 * Visits that no planner of the folder can book, and for which it has no other way. None when the folder leaves products to
 * the operator's settings.
 */
export function productsWithoutPlanner(
  { procedures, stages, ways }: AgencyRules,
  planners: readonly { readonly products?: Readonly<Partial<Record<ProductCode, string>>> | undefined }[],
): string[] {
  if (planners.length === 0 || planners.some(({ products }) => products === undefined) || ways.visit.length > 0)
    return [];
  const all = [...stages, ...procedures.flatMap(({ stages: own }) => own)];
  return all.flatMap(({ key, product }) =>
    product && planners.every(({ products }) => products?.[product] === undefined)
      ? [`planners.json: no planner knows ${product}, the visit of ${key}, and ways.json has no visit`]
      : [],
  );
}

/** Tasks that a procedure can ask and that nobody could do, since the folder has no way for them. */
export function tasksWithoutWay({ procedures, stages, ways }: AgencyRules): string[] {
  const asked = (own: readonly StageRule[], means: Meaning) =>
    [...own, ...stages].some((stage) => stage.means === means);
  return procedures.flatMap(({ key, stages: own }) =>
    (['pay', 'send-papers', 'respond'] as const)
      .filter((means) => asked(own, means) && waysTo(ways, means, key).length === 0)
      .map((means) => `ways.json: a case of ${key} can ask ${means}, and there is no way to do it`),
  );
}
