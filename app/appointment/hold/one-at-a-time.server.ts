const lines = new Map<string, Promise<unknown>>();

/**
 * Runs one person's requests one after the other, so that a second click sees what the first one did. Other people's
 * requests run beside them. Holds within one process; the database and the planner guard across processes.
 */
export function oneAtATime<T>(person: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(person) ?? Promise.resolve();
  const mine = before.then(work, work);
  lines.set(person, mine);
  const leave = () => {
    if (lines.get(person) === mine) lines.delete(person);
  };
  mine.then(leave, leave);
  return mine;
}
