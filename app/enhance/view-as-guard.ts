import { guardAccess } from './access-guard';

/** The view is open in another tab by now. */
const ELSEWHERE = 409;

/**
 * Empties a caller's page when the view ends, when nobody can tell whether it has, and when it goes on in another tab.
 * There this tab only says so; else it leaves for the page of the call. Until then it counts down.
 */
export default function viewAsGuard(): void {
  const elsewhere = document.getElementById('view-elsewhere') as HTMLElement;
  const { alive = '', over = '' } = elsewhere.dataset;
  countDown();
  guardAccess({
    alive,
    giveUpAfter: 900,
    asksInBackground: true,
    ends: () => true,
    ended(main, status) {
      if (status !== ELSEWHERE) return location.replace(over);
      const heading = document.createElement('h1');
      heading.textContent = elsewhere.textContent;
      elsewhere.textContent = '';
      elsewhere.append(heading);
      elsewhere.hidden = false;
      main.append(elsewhere);
    },
  });
}

/** Minutes and seconds that are left, and the clock time in the agency's zone. */
function countDown(): void {
  const left = document.querySelector<HTMLElement>('[data-left]');
  const clock = document.querySelector<HTMLElement>('[data-clock]');
  if (!left || !clock) return;
  const began = Date.now();
  const seconds = Number(left.dataset.left);
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeStyle: 'short',
    hour12: false,
    timeZone: clock.dataset.zone ?? 'UTC',
  });
  const start = Number(clock.dataset.clock);
  left.hidden = false;
  tick();
  setInterval(tick, 1_000);

  function tick(): void {
    const passed = Math.floor((Date.now() - began) / 1_000);
    const rest = Math.max(0, seconds - passed);
    const words = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, '0')}`;
    if (left) left.textContent = words;
    if (clock) clock.textContent = format.format(start + passed * 1_000);
  }
}
