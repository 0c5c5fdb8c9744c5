import { z } from 'zod';
import type { AgencyTexts, PlaceOfText } from '~/i18n/agency-texts';
import {
  type AgencyRules,
  type ProcedureRule,
  plainName,
  procedureKeys,
  type StageRule,
  stageKeys,
} from '~/model/agency';
import type { EffectPlan } from '~/model/effect/plan';
import { LANGUAGES, type Language } from '~/model/language';
import { NO_LAW } from '~/model/law';
import type { LetterRules } from '~/model/letter';
import { MEANINGS, OUTCOMES } from '~/model/meaning';
import type { MeanwhileRule } from '~/model/meanwhile';
import { DEFAULT_MESSAGE_RULES, type MessageRules } from '~/model/message';
import { NO_WAYS } from '~/model/ways';
import { type AgencyContact, contactFile } from './agency-contact.server';
import { decidedIn, logoIn } from './agency-decided.server';
import { planIn } from './agency-effect.server';
import { AgencyFiles } from './agency-files.server';
import { defaultLanguage, type General, generalFile } from './agency-general.server';
import { lawIn } from './agency-law.server';
import { lettersFile } from './agency-letters.server';
import { meanwhileFile } from './agency-meanwhile.server';
import { messagesFile } from './agency-messages.server';
import { type PlannerOfAgency, plannersFile } from './agency-planners.server';
import { inLanguages, key, language, product, words } from './agency-schema.server';
import { papersFile, waysFile } from './agency-ways.server';
import type { DecidedSettings } from './decided.server';
import type { ProvidersOfAgency } from './providers.server';
import type { RepresentationRules } from './representation.server';
import { signInFile } from './sign-in-file.server';

/** An agency's folder, read and checked. Its texts still need a check against the catalogues. */
export interface Agency
  extends AgencyRules,
    Pick<General, 'links' | 'complaints' | 'languages' | 'ownLanguage' | 'statement' | 'map'> {
  readonly texts: AgencyTexts;
  /** For readers of none of its languages. */
  readonly language: Language;
  /** Its mark as SVG. */
  readonly logo: string | null;
  readonly planners: readonly PlannerOfAgency[];
  /** Which documents of a case its people can open; null: none. */
  readonly letters: LetterRules | null;
  /** Lines and desks with their opening hours, where no queue API tells them. */
  readonly contact: AgencyContact;
  /** What people may and can do while they wait. */
  readonly meanwhile: readonly MeanwhileRule[];
  readonly messages: MessageRules;
  /** The experiment that shows what a feature saves; null without one. */
  readonly effect: EffectPlan | null;
  /** Several sign-in providers, by name; null with a single one. */
  readonly providers: ProvidersOfAgency | null;
  /** Of a single sign-in provider. */
  readonly representation: RepresentationRules | null;
  readonly settings: DecidedSettings;
  /** Where the folder has a text, or what needs it: `file:line: `, "" when it has neither. */
  readonly placeOf: PlaceOfText;
}

/** For commands, which read no case. */
export const NO_AGENCY: Agency = {
  procedures: [],
  stages: [],
  showOthers: false,
  currency: 'EUR',
  statement: false,
  map: '',
  law: NO_LAW,
  outcomes: new Map(),
  properties: {
    invitation: '',
    replyBy: '',
    asked: '',
    link: '',
    amount: '',
    decided: '',
    notified: '',
    reactBy: '',
    noticeReceived: '',
    vNumber: '',
  },
  papers: [],
  ways: NO_WAYS,
  meanwhile: [],
  links: { about: {}, privacy: {}, cookies: {}, complaints: {}, accessibility: {}, more: [] },
  messages: DEFAULT_MESSAGE_RULES,
  effect: null,
  languages: [...LANGUAGES],
  language: 'nl',
  ownLanguage: 'nl',
  texts: {},
  logo: null,
  planners: [],
  letters: null,
  contact: contactFile.parse({}),
  providers: null,
  representation: null,
  settings: {},
  placeOf: () => '',
};

const stage = z
  .strictObject({
    names: z.array(words).default([]),
    types: z.array(z.guid('is no UUID')).default([]),
    means: z.enum(MEANINGS, { error: `is none of ${MEANINGS.join(', ')}` }),
    product: product.optional(),
    optional: z.boolean().default(false),
    texts: inLanguages(z.strictObject({ name: words, now: words })).default({}),
  })
  .superRefine(({ names, types, means, product }, context) => {
    if (names.length + types.length === 0) context.addIssue('needs names or types by which it is recognised');
    const isVisit = means === 'visit' || means === 'collect';
    if (isVisit && !product) context.addIssue(`${means} needs the product of the visit`);
    if (!isVisit && product) context.addIssue(`${means} has no product`);
  });
const stages = z.record(key, stage);

const procedure = z.strictObject({
  types: z.array(words).min(1, 'needs the codes of its types of case'),
  texts: inLanguages(z.strictObject({ name: words })).default({}),
  stages: stages.default({}),
});

const results = z.partialRecord(z.enum(OUTCOMES, { error: `is none of ${OUTCOMES.join(', ')}` }), z.array(words));

type Texts = { [key: string]: string | Texts };
const nested: z.ZodType<Texts> = z.lazy(() => z.record(z.string(), z.union([words, nested])));
/** Namespaces of catalogues, each with the texts that replace the portal's. */
const catalogues = z.record(z.string(), nested);

/** The folder of an agency → its rules and texts, or every fault in it, each with file and line. */
export const agencyFromFolder = z.string().transform((folder, context): Agency => {
  const { agency, faults } = readAgency(folder);
  for (const fault of faults) context.addIssue(fault);
  return agency ?? z.NEVER;
});

/** What a folder says of planners, unchecked; null without. For PLANNERS, whose schema checks the whole. */
export function plannersIn(folder: string): unknown {
  try {
    return JSON.parse(new AgencyFiles(folder).text('planners.json') ?? 'null');
  } catch {
    return null;
  }
}

export function readAgency(folder: string): { readonly agency: Agency | null; readonly faults: readonly string[] } {
  const files = new AgencyFiles(folder);
  const general = files.read('agency.json', generalFile) ?? generalFile.parse({});
  const { links, complaints, languages, ownLanguage, showOthers, currency, statement, map, properties } = general;
  for (const [name, value] of Object.entries({ language: defaultLanguage(general), ownLanguage }))
    if (!languages.includes(value)) files.addFault('agency.json', `${name}: ${value} is none of its languages`, [name]);
  const signIn = files.read('sign-in.json', signInFile);
  const common = files.read('stages.json', stages, true) ?? {};
  const outcomes = files.read('results.json', results) ?? {};
  const names = files.namesIn('procedures');
  if (names.length === 0) files.addFault('procedures', 'has no files');
  const texts: Record<string, Record<string, string>> = {};
  for (const name of files.namesIn('texts')) {
    const file = `texts/${name}.json`;
    if (!language.safeParse(name).success) files.addFault(file, `is none of the languages ${LANGUAGES.join(', ')}`);
    texts[name] = { ...keysOf(files.read(file, catalogues, true) ?? {}) };
  }
  const add = (path: string, given: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>) => {
    for (const [language, own] of Object.entries(given))
      texts[language] = { ...texts[language], ...prefixed(path, own ?? {}) };
  };
  const takeStages = (given: z.output<typeof stages>): StageRule[] =>
    Object.entries(given).map(([key, { texts: own, product, ...rule }]) => {
      add(`case:stage.${key}.`, own);
      return {
        ...rule,
        key,
        product: product ?? null,
        names: rule.names.map(plainName),
        types: rule.types.map(plainName),
      };
    });
  const procedures = names.flatMap((name): ProcedureRule[] => {
    const file = `procedures/${name}.json`;
    if (!key.safeParse(name).success) files.addFault(file, 'is no key such as short-stay.json');
    const read = files.read(file, procedure, true);
    if (!read) return [];
    for (const [language, own] of Object.entries(read.texts))
      add('case:procedure.', { [language]: { [name]: own.name } });
    return [{ key: name, types: read.types, stages: takeStages(read.stages) }];
  });
  const papers = Object.entries(files.read('papers.json', papersFile) ?? {}).map(
    ([key, { names: own, texts: named }]) => {
      for (const [language, name] of Object.entries(named)) add('case:next.paper.', { [language]: { [key]: name } });
      return { key, names: own.map(plainName) };
    },
  );
  const ways = files.read('ways.json', waysFile) ?? waysFile.parse({});
  for (const [task, list] of Object.entries(ways))
    for (const [index, { procedures: only }] of list.entries())
      for (const procedure of only)
        if (!names.includes(procedure))
          files.addFault('ways.json', `"${procedure}" is no procedure of the folder`, [task, index, 'procedures']);
  const meanwhile = files.read('meanwhile.json', meanwhileFile) ?? [];
  const agency = {
    ...{ links, complaints, languages, ownLanguage, showOthers, currency, statement, map, properties },
    law: lawIn(files, general.law ?? null, names),
    language: defaultLanguage(general),
    logo: logoIn(files),
    planners: files.read('planners.json', plannersFile) ?? [],
    letters: files.read('letters.json', lettersFile),
    messages: files.read('messages.json', messagesFile) ?? DEFAULT_MESSAGE_RULES,
    effect: planIn(files, names),
    contact: files.read('contact.json', contactFile) ?? contactFile.parse({}),
    providers: signIn?.providers ?? null,
    representation: signIn?.representation ?? null,
    settings: decidedIn(files, general, signIn),
    papers,
    ways,
    meanwhile,
    procedures,
    stages: takeStages(common),
    outcomes: new Map(
      Object.entries(outcomes).flatMap(([outcome, names]) => names.map((name) => [plainName(name), outcome])),
    ),
    texts,
    placeOf: placesIn(files, names),
  } as Agency;
  for (const fault of unknownIn(agency)) files.addFault('meanwhile.json', fault);
  for (const { file, message, at } of doubled(agency)) files.addFault(file, message, at);
  const meant = new Map<string, string>();
  for (const [outcome, own] of Object.entries(outcomes))
    for (const [index, name] of own.entries()) {
      const other = meant.get(plainName(name)) ?? outcome;
      meant.set(plainName(name), outcome);
      if (other !== outcome)
        files.addFault('results.json', `"${name}" means both ${other} and ${outcome}`, [outcome, index]);
    }
  files.addUnread();
  return { agency: files.faults.length > 0 ? null : agency, faults: files.faults };
}

/** Where a text stands, else the procedure, stage or paper that needs it. */
function placesIn(files: AgencyFiles, procedures: readonly string[]): PlaceOfText {
  return (language, key) => {
    const [namespace = '', path = ''] = key.split(':');
    const [, kind = '', name = ''] = /^(procedure|stage|next\.paper)\.([^.]+)/.exec(path) ?? [];
    const needs: Readonly<Record<string, (readonly [file: string, ...at: string[]])[]>> = {
      procedure: [[`procedures/${name}.json`, 'types']],
      stage: [['stages.json', name], ...procedures.map((one) => [`procedures/${one}.json`, 'stages', name] as const)],
      'next.paper': [['papers.json', name]],
    };
    const places = [[`texts/${language}.json`, namespace, ...path.split('.')] as const, ...(needs[kind] ?? [])];
    const found = places.map(([file, ...at]) => files.placeOf(file, at)).find((place) => place !== null);
    return found ? `${found}: ` : '';
  };
}

const prefixed = (path: string, texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [path + name, text]));

/** Nested texts by their whole key, such as `case:next.wait`. */
const keysOf = (catalogues: Readonly<Record<string, Texts>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(catalogues).flatMap(([namespace, texts]) =>
      flat(texts).map(([key, text]) => [`${namespace}:${key}`, text]),
    ),
  );

const flat = (texts: Texts): [string, string][] =>
  Object.entries(texts).flatMap(([name, inner]): [string, string][] =>
    typeof inner === 'string' ? [[name, inner]] : flat(inner).map(([key, text]) => [`${name}.${key}`, text]),
  );

/** Procedures and stages of answers that the folder does not have. */
function unknownIn(agency: Agency): string[] {
  const [procedures, stages] = [procedureKeys(agency), stageKeys(agency)];
  return agency.meanwhile.flatMap((rule) => [
    ...rule.procedures
      .filter((one) => !procedures.includes(one))
      .map((one) => `"${one}" is no procedure of the folder`),
    ...rule.stages.filter((one) => !stages.includes(one)).map((one) => `"${one}" is no stage of the folder`),
  ]);
}

interface Doubled {
  readonly file: string;
  readonly message: string;
  readonly at: readonly string[];
}

/** A name that leads to two procedures or stages leads to neither for sure. */
function doubled({ procedures, stages, papers }: Agency): Doubled[] {
  const twice = (list: readonly string[]) => [...new Set(list.filter((one, index) => list.indexOf(one) !== index))];
  const inStages = (file: string, rules: readonly StageRule[], ...at: string[]) =>
    twice(rules.flatMap(({ names, types }) => [...new Set([...names, ...types])])).map((name) => ({
      file,
      message: `"${name}" leads to two stages`,
      at: [...at, rules.findLast(({ names, types }) => [...names, ...types].includes(name))?.key ?? ''],
    }));
  return [
    ...twice(procedures.flatMap(({ types }) => [...new Set(types.map((type) => type.toUpperCase()))])).map((type) => ({
      file: 'procedures',
      message: `"${type}" leads to two procedures`,
      at: [],
    })),
    ...twice(papers.flatMap(({ key, names }) => [...new Set([key, ...names])])).map((name) => ({
      file: 'papers.json',
      message: `"${name}" leads to two papers`,
      at: [papers.findLast(({ key, names }) => key === name || names.includes(name))?.key ?? ''],
    })),
    ...inStages('stages.json', stages),
    ...procedures.flatMap(({ key, stages: own }) => inStages(`procedures/${key}.json`, own, 'stages')),
  ];
}
