import { type CRASH_POINTS, config } from '~/config/config.server';

/** Kills the process at the point that CRASH_AT names, for tests of what a crash leaves behind. */
export function crashAt(point: (typeof CRASH_POINTS)[number]): void {
  if (config().CRASH_AT === point) process.kill(process.pid, 'SIGKILL');
}
