import { z } from 'zod';
import type { RepresentationRules } from '~/config/representation.server';
import { bsnOf } from '~/model/bsn';
import { ungrouped } from '~/model/typed-text';
import { type PersonId, personKey } from '~/model/viewer';
import { saysNothing } from './mapped-claims.server';

/** Whom a signed-in person acts for. */
export interface Representation {
  readonly person: PersonId;
  /** As the provider says it; "" when it doesn't. */
  readonly name: string;
  /** Who stands between, from the signed-in person on: issuer and subject of each. */
  readonly chain: readonly string[];
  /** Seconds since 1970 at which it ends, where the provider says so. */
  readonly until: number | null;
}

/** Why a representation is refused. */
export type RepresentationFault =
  | 'shape'
  | 'service'
  | 'too-deep'
  | 'no-subject'
  | 'unknown-number'
  | 'two-candidates'
  | 'loop'
  | 'oneself'
  | 'expired'
  | 'role';

/** The sign-in says that the person acts for another, and does not say it in a way that the portal understands. */
export class RepresentationRefused extends Error {
  constructor(readonly fault: RepresentationFault) {
    super(`represents: ${fault}`);
    this.name = 'RepresentationRefused';
  }
}

/** What is known of the sign-in beside the claim. */
export interface SignInFacts {
  /** Who signed in, at which issuer. */
  readonly actor: { readonly iss: string; readonly sub: string; readonly persons: readonly PersonId[] };
  /** The services that claims beside it name. */
  readonly services: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
}

/** Parties in a chain, the represented person included. */
const MOST_PARTIES = 5;

/**
 * Reads whom the signed-in person represents, in the forms of OIDC-NLGOV (`represents`, nested in a chain, the represented
 * person innermost) and of brokers (a number, or an object with it). Returns null when they act for themselves.
 *
 * @throws RepresentationRefused when the claim is there and is not understood: the file of the signed-in person would be
 *   the wrong one, and so would that of a guessed person
 */
export function representationOf(
  claim: unknown,
  facts: SignInFacts,
  rules: RepresentationRules,
): Representation | null {
  if (saysNothing(claim)) return null;
  const readings = (Array.isArray(claim) ? claim : [claim])
    .filter((one) => !saysNothing(one))
    .map((one) => readOne(one, facts, rules));
  const [first, ...others] = readings;
  if (!first) return null;
  if (others.some(({ person }) => personKey(person) !== personKey(first.person)))
    throw new RepresentationRefused('two-candidates');
  return first;
}

function readOne(claim: unknown, { actor, services, now }: SignInFacts, rules: RepresentationRules): Representation {
  const parties = partiesIn(claim, rules);
  const last = parties.at(-1);
  if (!last) throw new RepresentationRefused('no-subject');
  checkServices([...services, ...parties.flatMap(({ services: own }) => own)], rules);
  if (parties.some(({ from, until }) => (from ?? now) > now || (until ?? now + 1) <= now))
    throw new RepresentationRefused('expired');
  const [person, ...more] = last.numbers;
  if (more.length > 0) throw new RepresentationRefused('two-candidates');
  if (!person) throw new RepresentationRefused('unknown-number');
  const self = [keyOf(actor.iss, actor.sub), ...actor.persons.map(personKey)];
  if (last.keys.some((key) => self.includes(key))) throw new RepresentationRefused('oneself');
  const seen = [...self, ...parties.flatMap(({ keys }) => keys)];
  if (new Set(seen).size < seen.length) throw new RepresentationRefused('loop');
  return {
    person,
    name: last.name,
    chain: parties.slice(0, -1).flatMap(({ keys }) => keys.slice(0, 1)),
    until: parties.reduce<number | null>(
      (least, { until }) => (until === null ? least : Math.min(until, least ?? until)),
      null,
    ),
  };
}

/** One party of a chain. */
interface PartyRead {
  /** Names of the party: `iss` and `sub`, and its numbers. Two parties with one of them in common are the same. */
  readonly keys: readonly string[];
  readonly numbers: readonly PersonId[];
  readonly name: string;
  readonly services: readonly string[];
  readonly from: number | null;
  readonly until: number | null;
}

function partiesIn(claim: unknown, rules: RepresentationRules): readonly PartyRead[] {
  const parties: PartyRead[] = [];
  let current = claim;
  while (!saysNothing(current)) {
    if (parties.length === MOST_PARTIES) throw new RepresentationRefused('too-deep');
    const { party, next } = partyIn(current, rules);
    parties.push(party);
    current = next;
  }
  return parties;
}

const text = z.string().trim().min(1);
const number = z.union([text, z.number().int().nonnegative().transform(String)]);
const anything = z.unknown().optional();
const seconds = z.number().int().nonnegative();
const named = z.object({ sub: number, sub_id_type: text.optional() });

/**
 * A party's members. Others could limit what the representation is for, so a party with an unknown one is not understood,
 * unless the agency says that it may be ignored. Those that only describe the party are named here.
 */
const partySchema = z.strictObject({
  iss: text.optional(),
  sub: number.optional(),
  sub_id_type: text.optional(),
  alt_sub: z.union([named.transform((one) => [one]), z.array(named)]).optional(),
  bsn: number.optional(),
  v_number: number.optional(),
  represents: anything,
  scope: z.union([text.transform((all) => all.split(/\s+/)), z.array(text)]).optional(),
  exp: seconds.optional(),
  nbf: seconds.optional(),
  name: text.optional(),
  given_name: text.optional(),
  middle_name: text.optional(),
  family_name: text.optional(),
  preferred_username: anything,
  nickname: anything,
  email: anything,
  email_verified: anything,
  phone_number: anything,
  phone_number_verified: anything,
  birthdate: anything,
  gender: anything,
  address: anything,
  locale: anything,
  iat: anything,
});

function partyIn(given: unknown, rules: RepresentationRules): { readonly party: PartyRead; readonly next: unknown } {
  if (typeof given === 'string' || typeof given === 'number') return { party: partyOf({ bare: given }), next: null };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new RepresentationRefused('shape');
  const members = Object.entries(given).filter(([name, value]) => !rules.ignored.includes(name) && !saysNothing(value));
  const read = partySchema.safeParse(Object.fromEntries(members));
  if (!read.success) throw new RepresentationRefused('shape');
  const { represents: next, ...one } = read.data;
  if (one.sub === undefined && one.bsn === undefined && one.v_number === undefined)
    throw new RepresentationRefused('no-subject');
  if (one.sub !== undefined && one.iss === undefined) throw new RepresentationRefused('shape');
  const ids = [one, ...(one.alt_sub ?? [])].flatMap(({ sub, sub_id_type: type }) =>
    sub === undefined ? [] : personIn(sub, rules.idTypes.get(type?.toLowerCase() ?? '')),
  );
  const party = partyOf({
    ids: [...ids, ...personIn(one.bsn, 'bsn'), ...personIn(one.v_number, 'vnumber')],
    key: one.sub === undefined ? null : keyOf(one.iss ?? '', one.sub),
    name: one.name ?? [one.given_name, one.middle_name, one.family_name].filter(Boolean).join(' '),
    services: one.scope,
    from: one.nbf,
    until: one.exp,
  });
  return { party, next };
}

interface PartySaid {
  /** A number alone, where a broker says no more. */
  readonly bare?: string | number;
  readonly ids?: readonly PersonId[];
  readonly key?: string | null;
  readonly name?: string;
  readonly services?: readonly string[] | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

function partyOf({ bare, ids = [], key = null, name = '', services = [], from, until }: PartySaid): PartyRead {
  const all = bare === undefined ? ids : bareNumber(String(bare));
  const numbers = [...new Map(all.map((id) => [personKey(id), id])).values()];
  const keys = [...(key === null ? [] : [key]), ...numbers.map(personKey)];
  return { keys, numbers, name, services, from: from ?? null, until: until ?? null };
}

/** BSNs have nine digits or eight, V-numbers ten. */
const bareNumber = (given: string): readonly PersonId[] =>
  personIn(given, /^\d{10}$/.test(ungrouped(given)) ? 'vnumber' : 'bsn');

/** Nobody for a kind of number by which the agency knows no people, such as an organisation's. */
function personIn(given: string | undefined, kind: PersonId['kind'] | undefined): readonly PersonId[] {
  if (given === undefined || kind === undefined) return [];
  const digits = ungrouped(given.replace(/^s00000000:/i, ''));
  const value = kind === 'bsn' ? bsnOf(digits) : /^\d{10}$/.test(digits) ? digits : null;
  if (value === null) throw new RepresentationRefused('unknown-number');
  return [{ kind, value }];
}

/** A representation may be for one service only. What the agency does not list is another one's. */
function checkServices(named: readonly string[], { services }: RepresentationRules): void {
  const isKnown = named.every((one) => services.includes(one));
  if (!isKnown || (services.length > 0 && named.length === 0)) throw new RepresentationRefused('service');
}

const keyOf = (iss: string, sub: string): string => `${iss} ${sub}`;

/** Also an empty list, and an object whose members say nothing. */
