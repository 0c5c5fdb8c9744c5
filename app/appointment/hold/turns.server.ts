const lines = new Map<string, Promise<unknown>>();

/**
 * Does what one person asks for one after the other, however many times at once he asks: what the first has done the
 * second finds done. Nobody else waits for it. For this process; the database and the planner hold for all of them.
 */
export function inTurn<T>(person: string, work: () => Promise<T>): Promise<T> {
  const before = lines.get(person) ?? Promise.resolve();
  const mine = before.then(work, work);
  lines.set(person, mine);
  const leave = () => {
    if (lines.get(person) === mine) lines.delete(person);
  };
  mine.then(leave, leave);
  return mine;
}
