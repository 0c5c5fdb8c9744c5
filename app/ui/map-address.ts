/**
 * A map link for a postal address; phones offer their own map app. It tells the map the address and nothing of the person.
 *
 * @param map an address with `{address}`
 */
export const mapAddress = (map: string, address: string): string =>
  map.replaceAll('{address}', encodeURIComponent(address));
