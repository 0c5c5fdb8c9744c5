/** Caches results while one trained model is in use. Empties itself beyond `most` entries. */
export function cachePerModel<Result>(most: number) {
  const cache = new Map<string, Result>();
  let cachedFor: object | null = null;
  return (model: object, key: string, make: () => Result): Result => {
    if (cachedFor !== model || cache.size > most) {
      cache.clear();
      cachedFor = model;
    }
    const known = cache.get(key);
    if (known !== undefined) return known;
    const made = make();
    cache.set(key, made);
    return made;
  };
}
