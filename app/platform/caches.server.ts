const clearings: (() => void | Promise<void>)[] = [];

/** Registers how a module clears what it keeps in memory between requests. */
export function onClearCaches(clear: () => void | Promise<void>): void {
  clearings.push(clear);
}

/** Clears all caches, breakers and shared answers of this process, as after a start. Changes no row of the database. */
export async function clearCaches(): Promise<void> {
  await Promise.all(clearings.map((clear) => clear()));
}
