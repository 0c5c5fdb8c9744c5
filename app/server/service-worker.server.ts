import type { Config } from '~/config/config.server';
import type { Offline } from '~/enhance/service-worker';
import script from '~/enhance/service-worker?inline-script';
import { shownLanguages } from '~/i18n/shown-languages.server';
import { failurePage, failurePolicy } from './failure-page.server';

/** The service worker's whole text: its pages as data, and the script that answers with them. */
export function serviceWorker(config: Config): string {
  const offline: Offline = {
    pages: Object.fromEntries(shownLanguages().map((language) => [language, failurePage(language, 'offline', config)])),
    policy: failurePolicy(config),
  };
  return `const OFFLINE=${JSON.stringify(offline)};${script}`;
}
