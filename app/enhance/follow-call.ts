import { ask } from './ask';

/** How often the caller's page asks how the call stands, and when an answer comes too late, milliseconds. */
const EVERY = 1_500;

/**
 * Shows the caller that an employee begins or ends looking: the page is reloaded on a change. A form that takes the
 * page's width gets it in letters of the reader's size.
 */
export default function followCall(): void {
  const link = document.getElementById('call-refresh') as HTMLAnchorElement;
  const isLooking = link.dataset.state === 'looking';
  let leaving = false;

  // STOP has an answer of its own: nothing may lead away from it. More time for the session is asked for on the page.
  addEventListener('submit', ({ target, defaultPrevented }) => {
    if (defaultPrevented) return;
    leaving = true;
    const width = (target as HTMLFormElement).elements.namedItem('width');
    if (width instanceof HTMLInputElement) width.value = String(pageWidth());
  });
  document.addEventListener('visibilitychange', look);
  setInterval(look, EVERY);

  async function look(): Promise<void> {
    if (leaving || document.hidden) return;
    const state = await stateNow(`${link.pathname}/now`);
    if (leaving || state === null || (state === 'looking') === isLooking) return;
    leaving = true;
    location.replace(link.href);
  }
}

/** Null: the server could not be asked, or its answer is none. */
async function stateNow(address: string): Promise<string | null> {
  try {
    const { state } = await (await ask(address, EVERY)).json();
    return typeof state === 'string' ? state : null;
  } catch {
    return null;
  }
}

/** In rem, to one digit behind the point. */
function pageWidth(): number {
  const { clientWidth } = document.documentElement;
  return Math.round((clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) * 10) / 10;
}
