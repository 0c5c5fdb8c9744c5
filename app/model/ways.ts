import type { ProductCode } from './appointment';
import type { Procedure } from './case';
import type { Language } from './language';

/** Words of the agency by language. A reader whose language it lacks gets none, or those of the agency's default language. */
export type OwnWords = Readonly<Partial<Record<Language, string>>>;

/** How people hand in papers or pay, as the agency offers it. */
export type Way = {
  /** Only for these procedures; empty: for all. */
  readonly procedures: readonly Procedure[];
  /** A sentence of the agency about it, such as the opening hours of the post room. */
  readonly note: OwnWords;
} & WayDetails;

type WayDetails =
  /** A page of the agency. Its address may hold `{reference}`. */
  | { readonly kind: 'online'; readonly url: string }
  /** Lines of a postal address. */
  | { readonly kind: 'post'; readonly address: readonly string[] }
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'phone'; readonly number: string }
  | { readonly kind: 'transfer'; readonly name: string; readonly iban: string; readonly bic: string | null }
  /** At a desk; with a product when it needs an appointment for that. */
  | { readonly kind: 'desk'; readonly product: ProductCode | null };

/**
 * What ways are for: to send papers, pay, answer an intention, object, send a notice of default, make an appointment
 * that no planner can book, and say that one can't come to an invitation.
 */
export const WAYS_FOR = ['papers', 'pay', 'respond', 'objection', 'notice', 'visit', 'invitation'] as const;

export type Ways = Readonly<Record<(typeof WAYS_FOR)[number], readonly Way[]>>;

export const NO_WAYS: Ways = { papers: [], pay: [], respond: [], objection: [], notice: [], visit: [], invitation: [] };

/** The ways for one procedure in the agency's order. When it has ways of its own, only these. */
export function waysFor(ways: readonly Way[], procedure: Procedure | null): readonly Way[] {
  const own = ways.filter(({ procedures }) => procedure !== null && procedures.includes(procedure));
  return own.length > 0 ? own : ways.filter(({ procedures }) => procedures.length === 0);
}

/** The address of an `online` way for one case. */
export const addressFor = (url: string, reference: string): string =>
  url.replaceAll('{reference}', encodeURIComponent(reference));

/** Whether check digits of an account number fit (ISO 13616). Spaces are ignored. */
export function isIban(text: string): boolean {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(iban)) return false;
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => `${letter.charCodeAt(0) - 55}`);
  return BigInt(digits) % 97n === 1n;
}
