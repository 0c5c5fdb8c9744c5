/** How often Shift is pressed to leave, and within how many milliseconds. */
const PRESSES = 3;
const WITHIN = 3_000;

/**
 * Leaves the portal in one step: by the button, or by Shift pressed three times with no other key between. The page is
 * emptied first. The session ends by a request that outlives the page, and the page gives up its place in the history.
 */
export default function quickExit(): void {
  const form = document.getElementById('quick-exit') as HTMLFormElement;
  let presses: number[] = [];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener('keydown', ({ key, repeat }) => {
    if (repeat) return;
    const at = Date.now();
    presses = key === 'Shift' ? [...presses.filter((earlier) => at - earlier < WITHIN), at] : [];
    if (presses.length >= PRESSES) leave();
  });

  function leave(): void {
    const { action, dataset } = form;
    document.documentElement.style.visibility = 'hidden';
    document.body.textContent = '';
    document.title = '';
    try {
      // The answer leads to another website, where a script may not follow.
      fetch(action, { method: 'POST', keepalive: true, redirect: 'manual' }).catch(() => {});
    } finally {
      location.replace(dataset.to ?? '/');
    }
  }
}
