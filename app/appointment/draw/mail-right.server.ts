import { readPlannerTask } from '~/appointment/booking/planner-task.server';
import { endFor, rightTo } from '~/appointment/right-ended.server';
import { watcherWith } from '~/appointment/watch/watch.server';
import { takerText, ticketWithRelease } from '~/store/draw.server';
import type { OutboxMail } from '~/store/outbox.server';
import { watchWith } from '~/store/watch.server';

/**
 * Whether the person of a mail still has the right to what it is about, just before it is sent. `later`: the agency does
 * not say. A watch or ticket whose person lost the right ends.
 */
export async function mayBeMailed({ watchId, ticketId }: OutboxMail): Promise<'yes' | 'no' | 'later'> {
  const [what, row, viewer] = watchId
    ? await ofWatch(watchId)
    : ticketId
      ? await ofTicket(ticketId)
      : (['other', null, null] as const);
  if (what === 'other') return 'yes';
  if (!row || row.state === 'ended') return 'no';
  // A ticket of before has no name of who took it. A draw that is called off is news to everybody.
  if (!viewer) return 'yes';
  const right = await rightTo(viewer, row);
  if (right === 'right') return 'yes';
  if (right === 'unknown') return 'later';
  await endFor(what, row, right);
  return 'no';
}

async function ofWatch(id: string) {
  const watch = await watchWith(id);
  return ['watch', watch, watch && watcherWith(watch)] as const;
}

async function ofTicket(id: string) {
  const found = await ticketWithRelease(id);
  const row = found && { ...found.ticket, product: found.release.product };
  return ['ticket', row, row && (readPlannerTask(takerText(row))?.viewer ?? null)] as const;
}
