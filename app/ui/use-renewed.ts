import { type QueryKey, useQuery } from '@tanstack/react-query';

/** The JSON at one of our own addresses; `signal` aborts the request. Throws for any other answer. */
export async function jsonFrom<T>(address: string, options: RequestInit): Promise<T> {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** A living part's data, loaded again from an address every 30 seconds while the page is visible. */
export function useRenewed<T>(key: QueryKey, addressNow: () => string, loaded: T): T {
  const { data } = useQuery<T>({
    queryKey: key,
    queryFn: ({ signal }) => jsonFrom<T>(addressNow(), { signal }),
    initialData: () => loaded,
    staleTime: 30_000,
    refetchInterval: 30_000,
  });
  return data ?? loaded;
}
