import type { Config } from '~/config/config.server';
import { LANGUAGES } from '~/model/language';
import { failurePage, failurePolicy } from './failure-page.server';

/**
 * The service worker: says that there is no network, in the language of the address, where the browser would say so in
 * its own. It carries these pages in itself and keeps nothing else: no cache is opened, so no page of a person can ever
 * be in one. What is sent (forms) it leaves alone, since only the server knows whether that arrived.
 */
export function serviceWorker(config: Config): string {
  const pages = Object.fromEntries(LANGUAGES.map((language) => [language, failurePage(language, 'offline', config)]));
  return `var PAGES=${JSON.stringify(pages)},POLICY=${JSON.stringify(failurePolicy(config))};${WORKER}`;
}

// Asking for the page starts while the worker wakes up (navigation preload), so that it costs nobody time.
const WORKER = `
addEventListener('install',function(){skipWaiting()});
addEventListener('activate',function(e){var p=registration.navigationPreload;e.waitUntil(Promise.all([clients.claim(),p&&p.enable()]))});
addEventListener('fetch',function(e){var r=e.request;if(r.mode==='navigate'&&r.method==='GET')e.respondWith(page(e))});
function page(e){return Promise.resolve(e.preloadResponse).then(function(early){return early||self.fetch(e.request)}).catch(function(){
return new Response(PAGES[language(e.request.url)],{status:503,headers:{'content-type':'text/html; charset=utf-8','cache-control':'no-store','content-security-policy':POLICY}})})}
function language(url){return [new URL(url).pathname.split('/')[1]].concat((navigator.languages||[]).map(function(l){return l.slice(0,2).toLowerCase()}),'nl').find(function(l){return PAGES[l]})}
`;
