/**
 * How many different clients' files an advisor may open within an hour: 20, plus a quarter of the clients above 20.
 * With 300 clients that is 90, one every 40 seconds. Up to 20 clients there is no limit in effect.
 */
export function filesPerHour(clients: number): number {
  return ALWAYS_ALLOWED + Math.floor(Math.max(0, clients - ALWAYS_ALLOWED) / 4);
}

const ALWAYS_ALLOWED = 20;
