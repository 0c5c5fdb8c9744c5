import { readRelease, ticketsOf } from '~/store/draw.server';

/** What anybody needs to repeat a draw: its seed, the hash published before, and the tickets in order; null before it. */
export async function drawOrder(releaseId: string) {
  const release = await readRelease(releaseId);
  const seed = release?.seedShown;
  if (!release || !seed) return null;
  const tickets = await ticketsOf(release.id);
  return {
    seed,
    seedHash: release.seedHash,
    rule: 'seedHash = SHA-256 of seed; order = Fisher-Yates shuffle of the sorted numbers by seed (app/model/draw.ts)',
    opens: release.opensAt.toString(),
    windowMinutes: release.windowMinutes,
    order: tickets.map(({ number }) => number),
  };
}
