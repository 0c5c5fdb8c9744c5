import { isNone } from '~/agency/field-values.server';
import type { ClaimSource } from '~/config/claims-map.server';
import type { ProviderSettings } from '~/config/providers.server';

type Members = Readonly<Record<string, unknown>>;
type MappedBy = Pick<ProviderSettings, 'claims' | 'assurance' | 'roles'>;

/** Claims that are lists; every other one is a single value. */
const LISTS = ['team_leads', 'staff_roles', 'represents_service'];

/** A number of a person that is no number: they have none of that kind. */
const PERSONS_NUMBERS = ['bsn', 'v_number'];
const NO_NUMBER = /^(s00000000:)?[0\s.-]*$/;

/**
 * A provider's claims under the portal's names. Those that say nothing, in any form, are left out. A provider for one role
 * need not send it.
 */
export function mappedClaims(given: Members, { claims, assurance, roles }: MappedBy): Members {
  const mapped = Object.entries(claims).flatMap(([name, source]) =>
    source ? [[name, claimOf(name, source, given, assurance?.levels ?? [])]] : [],
  );
  const only = roles.length === 1 ? { role: roles[0] } : {};
  return { ...only, ...withoutNone({ ...given, ...Object.fromEntries(mapped) }) };
}

/** Without the claims that say nothing, and with single values that came as a list of one. */
export const withoutNone = (given: Members): Members =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const one = !LISTS.includes(name) && Array.isArray(value) && value.length === 1 ? value[0] : value;
      const isEmpty = saysNothing(one) || (PERSONS_NUMBERS.includes(name) && NO_NUMBER.test(textOf(one)));
      return isEmpty ? [] : [[name, one]];
    }),
  );

/** Also an empty list, and an object whose members say nothing. */
/** A member that holds no value in any of the forms that providers send, also deep inside. */
export const saysNothing = (value: unknown): boolean =>
  isNone(value) || value === '-' || (typeof value === 'object' && Object.values(value ?? {}).every(saysNothing));

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : 'no text';

function claimOf(
  name: string,
  { from, values, match, join, otherwise }: ClaimSource,
  given: Members,
  levels: readonly string[],
): unknown {
  // Each word of whom a person acts for must be understood: none is picked here, and the profile's own claim counts too.
  if (name === 'represents') {
    const values = from.filter((pointer) => pointer !== '/represents').map((pointer) => valueAt(given, pointer));
    return [...values.flatMap((value) => (match ? textsOf(value).flatMap(taken) : [value])), given.represents];
  }
  const found = from.flatMap((pointer) => textsOf(valueAt(given, pointer))).flatMap(taken);
  if (LISTS.includes(name)) return found.length > 0 ? found : null;
  if (join !== null) return found.join(join) || otherwise;
  // A provider may name several means of one sign-in: the strongest counts.
  if (name === 'acr') found.sort((a, b) => levels.indexOf(b) - levels.indexOf(a));
  return found[0] ?? otherwise;

  function taken(text: string): string[] {
    const matched = match === null ? [text] : match.exec(text);
    const part = matched && (matched[1] ?? matched[0]);
    const ours = part && values ? (Object.hasOwn(values, part) ? values[part] : null) : part;
    return ours ? [ours] : [];
  }
}

/** The texts in a value: of a list each one, of an object all. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return saysNothing(value) ? [] : [value.trim()];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** RFC 6901. Undefined when there is no such value. */
function valueAt(given: unknown, pointer: string): unknown {
  let value = given;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}
