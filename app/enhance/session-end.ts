import { ask } from './ask';

/** How long before the end people are warned, seconds. WCAG 2.2.1 wants at least 20. */
export const WARN_BEFORE = 120;
/** How much earlier an answer may come and still bring the warning, seconds. */
const EARLY = 5;
/** When an answer comes too late to count, milliseconds. */
const GIVE_UP_AFTER = 5_000;
/** How long to wait after a failed request, milliseconds. */
const RETRY_AFTER = 20_000;
/** The longest that the clock is not looked at, milliseconds: timers stand still while a computer sleeps. */
const TICK = 10_000;

/** What the server says of the session's end: seconds from its answer, and the time on the agency's clock. */
interface SessionEnd {
  readonly seconds: number;
  readonly at: string;
}

/**
 * Warns before the session ends, and empties and leaves the page when it has ended. The server is asked each time, since
 * another window may have kept the session alive. After more time was asked for, the focus goes back to where it was.
 */
export default function sessionEnd(): void {
  const box = document.getElementById('session-end') as HTMLElement;
  const { seconds = '', here = '', away = '' } = box.dataset;
  let endsAt = Date.now() + Number(seconds) * 1_000;
  let askAt = endsAt - WARN_BEFORE * 1_000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let focused: HTMLElement | undefined;
  let isOver = false;
  let edited: HTMLFormElement | null = null;

  box.classList.add('session-end--watched');
  box.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(here, GIVE_UP_AFTER, { method: 'POST' }).then(look, look);
  });
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !box.contains(target)) focused = target;
  });
  document.addEventListener('input', ({ target }) => {
    if (target instanceof Element) edited = target.closest<HTMLFormElement>('form[method=post]') ?? edited;
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  tick();

  function tick(): void {
    const milliseconds = askAt - Date.now();
    if (milliseconds <= 0) look();
    else wait(milliseconds);
  }

  function wait(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(tick, Math.min(milliseconds, TICK));
  }

  async function look(): Promise<void> {
    if (isOver) return;
    if (Date.now() >= endsAt) show(false);
    const sentAt = Date.now();
    const end = await sessionEndNow(here);
    if (isOver) return;
    if (end) endsAt = sentAt + end.seconds * 1_000;
    if (Date.now() >= endsAt) return leave();
    if (end) warn(end);
    else askAt = Math.min(Date.now() + RETRY_AFTER, endsAt);
    tick();
  }

  function warn({ seconds, at }: SessionEnd): void {
    const isSoon = seconds <= WARN_BEFORE + EARLY;
    const time = box.querySelector('[data-time]');
    if (isSoon && time) time.textContent = at;
    const hadFocus = !isSoon && box.contains(document.activeElement);
    box.classList.toggle('session-end--now', isSoon);
    show(true);
    if (hadFocus) focused?.focus();
    askAt = isSoon ? endsAt + 1_000 : endsAt - WARN_BEFORE * 1_000;
  }

  function show(isVisible: boolean): void {
    document.body.style.visibility = isVisible ? '' : 'hidden';
  }

  async function leave(): Promise<void> {
    isOver = true;
    const typed = edited && new FormData(edited);
    document.body.textContent = '';
    location.replace((typed && (await keep(typed))) || away);
  }

  /** Lets the server keep what was typed. Returns the address of the sign-in page that says so, or null. */
  async function keep(typed: FormData): Promise<string | null> {
    const { pathname, search } = location;
    const body = new URLSearchParams([...typed].map(([name, value]) => [name, String(value)]));
    try {
      const of = encodeURIComponent(pathname + search);
      const answer = await ask(`${here}/now?of=${of}`, GIVE_UP_AFTER, { method: 'POST', body });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  }
}

/** Null: the server could not be asked, or its answer is none. */
async function sessionEndNow(here: string): Promise<SessionEnd | null> {
  try {
    const answer = await ask(`${here}/now`, GIVE_UP_AFTER);
    const end = await answer.json();
    return answer.ok && typeof end.seconds === 'number' ? end : null;
  } catch {
    return null;
  }
}
