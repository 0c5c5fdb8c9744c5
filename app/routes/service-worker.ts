import { config } from '~/config/config.server';
import { serviceWorker } from '~/server/service-worker.server';

/** Registered only by pages that run a script anyway (root.tsx). */
export function loader() {
  return new Response(serviceWorker(config()), {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  });
}
