/** Where a postal address stands on a map; phones with a map of their own offer to open it there. */
export const mapAddress = (address: string): string =>
  `https://www.openstreetmap.org/search?${new URLSearchParams({ query: address })}`;
