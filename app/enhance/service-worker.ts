/** What the server writes before the worker's script, as `OFFLINE`. */
export interface Offline {
  /** A whole page of HTML for each language. */
  readonly pages: Readonly<Record<string, string>>;
  /** The content security policy of these pages. */
  readonly policy: string;
}

declare const OFFLINE: Offline;

// TypeScript's types for workers exclude those for pages, which all other files need.
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly navigationPreload?: { enable(): Promise<void> } };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: WorkerFetchEvent) => void): void;
}
declare const self: WorkerScope;

/**
 * Says that there is no network in the language of the address, where the browser would say so in its own. The worker
 * carries these pages in itself and opens no cache, so none of a person's pages can be in one. It leaves forms alone, since
 * only the server knows whether they arrived.
 */
export default function serviceWorker(): void {
  self.addEventListener('install', () => {
    self.skipWaiting();
  });
  self.addEventListener('activate', (event) => {
    // The browser asks for a page while the worker still wakes up, so that the worker costs no time.
    event.waitUntil(Promise.all([self.clients.claim(), self.registration.navigationPreload?.enable()]));
  });
  self.addEventListener('fetch', (event) => {
    const { mode, method } = event.request;
    if (mode === 'navigate' && method === 'GET') event.respondWith(pageFor(event));
  });
}

async function pageFor({ request, preloadResponse }: WorkerFetchEvent): Promise<Response> {
  try {
    return (await preloadResponse) || (await fetch(request));
  } catch {
    const language = offlineLanguage(request.url, navigator.languages, Object.keys(OFFLINE.pages));
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': OFFLINE.policy,
    };
    return new Response(OFFLINE.pages[language], { status: 503, headers });
  }
}

/** The language of the address, else the first of the browser's that there is a page in, else Dutch, else the first of all. */
export function offlineLanguage(address: string, preferred: readonly string[], known: readonly string[]): string {
  const wanted = [
    new URL(address).pathname.split('/')[1] ?? '',
    ...preferred.map((tag) => tag.slice(0, 2).toLowerCase()),
  ];
  return [...wanted, 'nl'].find((language) => known.includes(language)) ?? known[0] ?? '';
}
