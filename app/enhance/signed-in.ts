/**
 * A browser may keep a left page whole and show it again at "back", also after sign-out. So a page hides itself when it is
 * left, and asks the server anew when it is shown again. The service worker is registered when the page has loaded, but on no shared device.
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
    if ('shared' in document.documentElement.dataset) return;
    navigator.serviceWorker?.register(workerAddress(), { updateViaCache: 'all' }).catch(() => {});
  });

  /** Under our content security policy a script's address must come from a named policy. Older browsers know none. */
  function workerAddress(): string {
    const address = '/service-worker.js';
    const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
    if (!trustedTypes) return address;
    // A `TrustedScriptURL` stands where TypeScript's library expects a string.
    return trustedTypes.createPolicy('zicht-worker', { createScriptURL: () => address }).createScriptURL('');
  }
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(input: string): string };
}
