import type accessibility from '../../locales/en/accessibility.json';
import type appointment from '../../locales/en/appointment.json';
import type audit from '../../locales/en/audit.json';
import type caseWords from '../../locales/en/case.json';
import type common from '../../locales/en/common.json';
import type contact from '../../locales/en/contact.json';
import type helpdesk from '../../locales/en/helpdesk.json';
import type home from '../../locales/en/home.json';
import type identity from '../../locales/en/identity.json';
import type mandate from '../../locales/en/mandate.json';
import type message from '../../locales/en/message.json';
import type statement from '../../locales/en/statement.json';
import type trouble from '../../locales/en/trouble.json';
import type wait from '../../locales/en/wait.json';

/** The namespaces, one file a language each: locales/<lng>/<namespace>.json. The types come from English. */
interface Namespaces {
  accessibility: typeof accessibility;
  common: typeof common;
  home: typeof home;
  identity: typeof identity;
  case: typeof caseWords;
  appointment: typeof appointment;
  contact: typeof contact;
  trouble: typeof trouble;
  wait: typeof wait;
  mandate: typeof mandate;
  helpdesk: typeof helpdesk;
  audit: typeof audit;
  statement: typeof statement;
  message: typeof message;
}
export type Namespace = keyof Namespaces;

/** `visitors_one`, `visitors_other` … are one key, `visitors`, that takes a count. */
type WithoutPlural<K extends string> = K extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Base
  : K;

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

/** Every key, as `namespace:path.to.text`. A key that the English catalogue lacks does not compile. */
export type Key = { [N in Namespace]: `${N}:${Leaves<Namespaces[N]>}` }[Namespace] | AgencyKey;

/** Words for the procedures, stages and papers of an agency's folder, which are checked at start. */
type AgencyKey = `case:procedure.${string}` | `case:stage.${string}.${'name' | 'now'}` | `case:next.paper.${string}`;

/** The values of a text's placeholders. `count` also chooses the plural form. */
export type Values = Record<string, string | number>;

export type Translate = (key: Key, values?: Values) => string;
