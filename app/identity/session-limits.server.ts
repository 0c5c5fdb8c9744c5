import { config } from '~/config/config.server';
import type { Role } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { createSteadyClock } from '~/platform/steady-clock';
import type { SessionLimits } from '~/store/session.server';

/** How long a session of a role lasts. On a shared device it ends sooner without use. */
export function limitsOf(role: Role, isShared: boolean): SessionLimits {
  const settings = config();
  const { idleMinutes, absoluteMinutes } = {
    applicant: { idleMinutes: settings.SESSION_IDLE_MINUTES, absoluteMinutes: settings.SESSION_ABSOLUTE_MINUTES },
    advisor: {
      idleMinutes: settings.SESSION_IDLE_MINUTES_ADVISOR,
      absoluteMinutes: settings.SESSION_ABSOLUTE_MINUTES_ADVISOR,
    },
    staff: {
      idleMinutes: settings.SESSION_IDLE_MINUTES_STAFF,
      absoluteMinutes: settings.SESSION_ABSOLUTE_MINUTES_STAFF,
    },
  }[role];
  return {
    idleMinutes: isShared ? Math.min(idleMinutes, settings.SESSION_IDLE_MINUTES_SHARED) : idleMinutes,
    absoluteMinutes,
  };
}

const newClock = () => createSteadyClock(now, () => performance.now());
let clock = newClock();
onClearCaches(() => {
  clock = newClock();
});

/** The clock by which sessions end. */
export const sessionNow = () => clock();
