import { createRateCounter } from '~/model/rate-limit';
import { onClearCaches } from './caches.server';

/** The process's counts of requests, by person, session and network. */
export const rates = createRateCounter(() => performance.now());
onClearCaches(rates.clear);
