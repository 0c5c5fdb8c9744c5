import { config, type DEATHS } from '~/config/config.server';

/** For tests of what a crash leaves behind: kills the process at a point that DIE_AT names, as a power cut would. */
export function dieAt(point: (typeof DEATHS)[number]): void {
  if (config().DIE_AT === point) process.kill(process.pid, 'SIGKILL');
}
