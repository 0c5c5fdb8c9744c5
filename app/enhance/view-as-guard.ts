import { guardAccess } from './access-guard';

/** The view is open in another tab by now. */
const ELSEWHERE = 409;

/**
 * Empties a caller's page when the view ends, when nobody can tell whether it has, and when it goes on in another tab.
 * There this tab only says so; else it leaves for the page of the call.
 */
export default function viewAsGuard(): void {
  const elsewhere = document.getElementById('view-elsewhere') as HTMLElement;
  const { alive = '', over = '' } = elsewhere.dataset;
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
