import type { LoaderFunctionArgs } from '~/framework/node.server';
import { readRelease, ticketsOf } from '~/store/draw.server';

/** A draw for whoever wants to draw it again: the hash that was shown before, the seed, and the tickets by their places. */
export async function loader({ params }: LoaderFunctionArgs) {
  const release = await readRelease(params.release ?? '');
  const seed = release?.seedShown;
  if (!release || !seed)
    return Response.json({ type: 'about:blank', status: 404, title: 'Not drawn' }, { status: 404 });
  const tickets = await ticketsOf(release.id);
  return Response.json({
    seed,
    seedHash: release.seedHash,
    rule: 'seedHash = SHA-256 of seed; order = Fisher-Yates shuffle of the sorted numbers by seed (app/model/draw.ts)',
    opens: release.opensAt.toString(),
    windowMinutes: release.windowMinutes,
    order: tickets.map(({ number }) => number),
  });
}
