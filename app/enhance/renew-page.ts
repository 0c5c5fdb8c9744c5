import { ask } from './ask';

/** How often an open page asks whether something has changed, and when an answer comes too late, milliseconds. */
const EVERY = 5_000;

/** Loads the page again when the server's answer is no longer the one that the page was made with. */
export default function renewPage(): void {
  const { now = '', known } = (document.getElementById('renew-page') as HTMLElement).dataset;
  let leaving = false;
  addEventListener('submit', () => {
    leaving = true;
  });
  setInterval(async () => {
    if (leaving || document.hidden) return;
    try {
      const { stands } = await (await ask(now, EVERY)).json();
      if (leaving || typeof stands !== 'string' || stands === known) return;
      leaving = true;
      location.replace(location.pathname);
    } catch {
      // The next answer counts.
    }
  }, EVERY);
}
