/**
 * A browser may keep a left page whole and show it again at "back", also after sign-out. So a page hides itself when it is
 * left, and asks the server anew when it is shown again. The service worker is registered when the page has loaded.
 */
export default function signedIn(): void {
  const { style } = document.documentElement;
  addEventListener('pagehide', () => {
    style.visibility = 'hidden';
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
    else style.visibility = '';
  });
  addEventListener('load', () => {
    // The browser's own cache holds the worker for a day. Without a worker nothing is missing but its page.
    navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'all' }).catch(() => {});
  });
}
