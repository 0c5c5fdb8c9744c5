import { ask } from './ask';

/** How often an open page asks whether it may still be shown, milliseconds. */
const EVERY = 900;
/** How long a yes is trusted without another one, milliseconds. With the time on the network it is two seconds. */
const TRUSTED_FOR = 1_900;

const NO_ANSWER = 0;
/** Any redirect: its own status is not told to scripts. */
export const REDIRECTED = 302;

interface Guard {
  /** Answers 204 as long as the page may be shown. */
  readonly alive: string;
  /** When an answer comes too late to count, milliseconds. */
  readonly giveUpAfter: number;
  /** Whether a page in the background asks too. Without that it is hidden there, and asks when it is shown again. */
  readonly asksInBackground: boolean;
  /** Whether this status ends the access. `NO_ANSWER` and `REDIRECTED` are passed as statuses too. */
  readonly ends: (status: number) => boolean;
  /** Called once, when the page is already empty. */
  readonly ended: (main: HTMLElement, status: number) => void;
  /** Shows or hides the note that the access can't be checked. */
  readonly unsure?: (isUnsure: boolean) => void;
}

/** Empties an open page's main region when access to it ends, and hides it when the last yes is too old. */
export function guardAccess({ alive, giveUpAfter, asksInBackground, ends, ended, unsure }: Guard): void {
  const main = document.querySelector('main') as HTMLElement;
  let over = false;
  let trustedUntil = Date.now() + TRUSTED_FOR;
  let hiding = setTimeout(hide, TRUSTED_FOR);
  const asking = setInterval(look, EVERY);
  document.addEventListener('visibilitychange', look);

  async function look(): Promise<void> {
    // Timers stand still in a page that sleeps, so the clock decides too.
    if (Date.now() >= trustedUntil) hide();
    if (over || (document.hidden && !asksInBackground)) return;
    const status = await statusOf(alive, giveUpAfter);
    if (over) return;
    if (status === 204) trust();
    else if (ends(status)) end(status);
    else if (Date.now() >= trustedUntil) unsure?.(true);
  }

  function trust(): void {
    trustedUntil = Date.now() + TRUSTED_FOR;
    clearTimeout(hiding);
    hiding = setTimeout(hide, TRUSTED_FOR);
    main.style.visibility = '';
    unsure?.(false);
  }

  function hide(): void {
    if (!over) main.style.visibility = 'hidden';
  }

  function end(status: number): void {
    over = true;
    clearInterval(asking);
    main.textContent = '';
    main.style.visibility = '';
    ended(main, status);
  }
}

async function statusOf(address: string, giveUpAfter: number): Promise<number> {
  const sentAt = Date.now();
  try {
    const { status, type } = await ask(address, giveUpAfter, { redirect: 'manual' });
    // A page that slept meanwhile gets the answer of before its sleep.
    if (Date.now() - sentAt > giveUpAfter) return NO_ANSWER;
    return type === 'opaqueredirect' ? REDIRECTED : status;
  } catch {
    return NO_ANSWER;
  }
}
