import { guardAccess, REDIRECTED } from './access-guard';

/** Statuses that say that the mandate, or the advisor's session, is over. */
const ENDS = [REDIRECTED, 401, 403, 404, 410];

/**
 * Empties an open page of a client when the mandate for it ends, and says so without a reason. A list of clients is
 * reloaded, with what its form holds by then. A page whose session is over is reloaded too.
 */
export default function mandateGuard(): void {
  const unsure = document.getElementById('mandate-unsure') as HTMLElement;
  const ended = document.getElementById('mandate-ended') as HTMLTemplateElement | null;
  const form = document.querySelector<HTMLFormElement>('main form[method=get]');
  const queryOf = () => {
    const fields = form ? [...new FormData(form)].map(([name, value]) => [name, String(value)]) : [];
    return `?${new URLSearchParams(fields)}`;
  };
  const queryBefore = queryOf();
  guardAccess({
    alive: unsure.dataset.alive ?? '',
    giveUpAfter: 1_500,
    asksInBackground: false,
    ends: (status) => ENDS.includes(status),
    ended(main, status) {
      if (ended && status !== REDIRECTED) {
        main.append(ended.content);
        scrollTo(0, 0);
        main.querySelector('h1')?.focus();
      } else if (queryOf() === queryBefore) location.reload();
      else location.replace(queryOf());
    },
    unsure: (isUnsure) => unsure.classList.toggle('session-end--now', isUnsure),
  });
}
