import type { Language } from './language';
import type { OfficeColleague } from './office';
import type { LookPurpose } from './view-as';

/** The role of the signed-in actor. An applicant's identifiers are in `Subject`, never in a page. */
export type Role = 'applicant' | 'advisor' | 'staff';

/** How the agency's backends identify a person (ZGW: inpBsn or, without a BSN, anpIdentificatie = V-number). */
export type PersonId =
  | { readonly kind: 'bsn'; readonly value: string }
  | { readonly kind: 'vnumber'; readonly value: string };

export interface Actor {
  /** The OpenID Connect `sub`. */
  readonly id: string;
  readonly role: Role;
  /** Shown on the person's own pages only. */
  readonly name: string;
  /** Level of assurance at sign-in (`acr`), for the audit log. */
  readonly assurance?: string | null;
  /** Keyed hash of whom an applicant or an advisor acts for, for the audit log; left out when they act for themselves. */
  readonly actsFor?: string | undefined;
  /** The mandate under which an advisor acts. */
  readonly grant?: string | undefined;
  /** What they are at the advisor's office when the mandate is another's. */
  readonly colleague?: OfficeColleague | undefined;
}

export interface Subject {
  readonly person: PersonId;
  readonly name: string;
}

/**
 * Who looks (`actor`), at whose data (`subject`), on what basis. First parameter of every function that reads personal
 * data.
 */
export interface Viewer {
  readonly actor: Actor;
  readonly subject: Subject;
  /** `represents`: the sign-in provider says that the actor may act for the subject. */
  readonly basis: 'self' | 'represents' | 'mandate' | 'view-as';
  /** `write`: may book, move and cancel. Never for a look. */
  readonly scope: 'read' | 'write';
  readonly language: Language;
  /** Id of the mandate or view-as session; sent along to the backends. */
  readonly grant?: string | undefined;
  /** Only under a mandate that lets the advisor act: the cases that it covers. */
  readonly cases?: readonly string[] | undefined;
  /** Why another than the subject looks; sent along too. */
  readonly purpose?: LookPurpose | undefined;
  /** Only on the basis `represents`: the actor's own number, where the provider names one. */
  readonly representative?: { readonly person: PersonId | null } | undefined;
}

/**
 * A viewer who may book, move and cancel: persons themselves, who represents them, and an advisor whom the client lets
 * arrange visits. Every function that changes something requires it, so a look cannot reach one.
 */
export type WritingViewer = Viewer & {
  readonly basis: 'self' | 'represents' | 'mandate';
  readonly scope: 'write';
};

export const mayWrite = ({ basis, scope, actor, cases }: Viewer): boolean =>
  scope === 'write' &&
  (basis === 'mandate'
    ? actor.role === 'advisor' && cases !== undefined
    : (basis === 'self' || basis === 'represents') && actor.role === 'applicant');

/** Identifies a person in keys and comparisons inside the process. Never show it, log it or put it in a URL. */
export const personKey = (person: PersonId): string => `${person.kind}:${person.value}`;
