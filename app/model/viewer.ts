import type { Language } from './language';

/** Who is signed in. The applicant's own identifiers live in `Subject`, never in a page. */
export type Role = 'applicant' | 'advisor' | 'staff';

/** How the agency's backends know a natural person (ZGW: inpBsn or, without a BSN, anpIdentificatie = V-number). */
export type PersonId =
  | { readonly kind: 'bsn'; readonly value: string }
  | { readonly kind: 'vnumber'; readonly value: string };

export interface Actor {
  /** The OpenID Connect `sub`. */
  readonly id: string;
  readonly role: Role;
  /** For showing on the person's own pages only. */
  readonly name: string;
  /** How surely he was known at sign-in (`acr`), for the record. */
  readonly assurance?: string | null;
}

export interface Subject {
  readonly person: PersonId;
  readonly name: string;
}

/**
 * Who looks (`actor`), at whose data (`subject`), on what basis. Every function that reads personal data takes it as
 * its first parameter.
 */
export interface Viewer {
  readonly actor: Actor;
  readonly subject: Subject;
  readonly basis: 'self' | 'mandate' | 'view-as';
  /** `write` only for somebody who may book, move or cancel; a view-as is always `read`. */
  readonly scope: 'read' | 'write';
  readonly language: Language;
  /** The mandate or the view under which somebody else looks; it goes along to the backends. */
  readonly grant?: string;
}

/** Who may also book, move and cancel: only a person himself. What changes something takes this, so that a look can't reach it. */
export type WritingViewer = Viewer & { readonly basis: 'self'; readonly scope: 'write' };

export const mayWrite = ({ basis, scope, actor }: Viewer): boolean =>
  basis === 'self' && scope === 'write' && actor.role === 'applicant';

/** One string for one person, for keys and comparisons inside the process. Never to be shown, logged or put in a URL. */
export const personKey = (person: PersonId): string => `${person.kind}:${person.value}`;
