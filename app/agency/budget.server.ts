import { type Loaded, unavailable } from '~/model/loaded';
import { withDeadline } from './deadline.server';

/**
 * The answer if it comes within the section's budget (milliseconds), else "late". The budget travels: what the work reads
 * from a backend is aborted at its end, unless other pages share it.
 */
export async function within<T>(ms: number, work: () => Promise<Loaded<T>>): Promise<Loaded<T>> {
  const budget = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Loaded<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve(unavailable('late'));
      budget.abort(new DOMException('The budget of a section is used up', 'TimeoutError'));
    }, ms);
  });
  try {
    return await Promise.race([withDeadline(budget.signal, work), late]);
  } finally {
    clearTimeout(timer);
  }
}
