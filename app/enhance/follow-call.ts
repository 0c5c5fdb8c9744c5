import { ask } from './ask';

/** How often the caller's page asks how the call stands, and when an answer comes too late, milliseconds. */
const EVERY = 1_500;
/** How long a code lasts, milliseconds, and how often an open page makes another by itself. */
const LASTS = 595_000;
const MOST_RENEWALS = 2;

/**
 * Shows the caller that an employee begins or ends looking: the page is reloaded on a change. A form that takes the
 * page's width gets it in letters of the reader's size.
 */
export default function followCall(): void {
  const link = document.getElementById('call-refresh') as HTMLAnchorElement;
  const isLooking = link.dataset.state === 'looking';
  const openedAt = Date.now();
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
    const call = await callNow(`${link.pathname}/now`);
    if (leaving || call === null) return;
    // Another code, or none: the one on this page was used up, has expired, or was replaced elsewhere.
    if (link.dataset.check && call.state !== 'looking' && call.check !== link.dataset.check) return endCode(call.state);
    if ((call.state === 'looking') === isLooking) return;
    leaving = true;
    location.replace(link.href);
  }

  /** Says that the code is dead. One that has just expired is renewed twice, which its page says too. */
  function endCode(state: string): void {
    leaving = true;
    const isExpired = state === 'nothing' && Date.now() - openedAt >= LASTS;
    const renewals = Number(link.dataset.renewals);
    for (const [id, hidden] of [
      ['code-dead', false],
      ['code-numbers', true],
    ] as const) {
      const part = document.getElementById(id);
      if (part) part.hidden = hidden;
    }
    const field = document.querySelector<HTMLInputElement>('[name=renewal]');
    if (!isExpired || !field || renewals >= MOST_RENEWALS) return;
    field.value = String(renewals + 1);
    document.querySelector<HTMLButtonElement>('[name=do][value=code]')?.click();
  }
}

/** Null: the server could not be asked, or its answer is none. */
async function callNow(address: string): Promise<{ readonly state: string; readonly check: unknown } | null> {
  try {
    const { state, check } = await (await ask(address, EVERY)).json();
    return typeof state === 'string' ? { state, check } : null;
  } catch {
    return null;
  }
}

/** In rem, to one digit behind the point. */
function pageWidth(): number {
  const { clientWidth } = document.documentElement;
  return Math.round((clientWidth / Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) * 10) / 10;
}
