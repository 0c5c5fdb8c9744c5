/**
 * A request that no cache answers and that is given up after some milliseconds. Browsers of 2018 have no
 * `AbortSignal.timeout`, and a guard that throws guards nothing.
 */
export function ask(address: string, giveUpAfter: number, options?: RequestInit): Promise<Response> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), giveUpAfter);
  return fetch(address, { cache: 'no-store', signal: controller.signal, ...options });
}
