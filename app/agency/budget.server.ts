import { type Loaded, unavailable } from '~/model/loaded';

/**
 * The answer if it comes within the section's budget (milliseconds), else "late". The request goes on, so that its
 * answer is cached for the next page.
 */
export async function within<T>(ms: number, loading: Promise<Loaded<T>>): Promise<Loaded<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Loaded<T>>((resolve) => {
    timer = setTimeout(() => resolve(unavailable('late')), ms);
  });
  try {
    return await Promise.race([loading, late]);
  } finally {
    clearTimeout(timer);
  }
}
