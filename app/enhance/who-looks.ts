import { ask } from './ask';

/** How often an open page of the caller's asks whether somebody looks, and when an answer comes too late, milliseconds. */
const EVERY = 1_500;

/** Shows and hides who looks, with STOP, on a page that stays open. The page itself is not loaded again: it may hold a form. */
export default function whoLooks(): void {
  const bar = document.getElementById('who-looks') as HTMLElement;
  const number = bar.querySelector('[data-number]') as HTMLElement;
  document.addEventListener('visibilitychange', look);
  setInterval(look, EVERY);

  async function look(): Promise<void> {
    if (document.hidden) return;
    try {
      const { state, agentNumber } = await (await ask(bar.dataset.now ?? '', EVERY)).json();
      if (typeof state !== 'string') return;
      const text = state === 'looking' ? String(agentNumber) : '';
      if (number.textContent !== text) number.textContent = text;
      bar.hidden = state !== 'looking';
    } catch {
      // The next answer counts.
    }
  }
}
