/**
 * The id at the end of a resource's address, in small letters. Gateways write another host, http for https, a slash at
 * the end or capitals; the id stays. "" without an address.
 */
export function idIn(address: string): string {
  const [path = ''] = address.split(/[?#]/);
  return (path.split('/').filter(Boolean).at(-1) ?? '').toLowerCase();
}

/** Whether two addresses are of the same resource. */
export const isSameResource = (one: string, other: string): boolean => idIn(one) !== '' && idIn(one) === idIn(other);
