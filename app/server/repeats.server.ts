import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sessionIdIn } from '~/identity/cookies.server';
import { onClearCaches } from '~/platform/caches.server';
import type { NoPage, Whole } from './reply.server';

/** A cached answer, or one that is being made for the same request. */
export interface Repeat {
  readonly route: string;
  readonly whole: Promise<Whole | NoPage>;
}

/** Recent answers, per session. */
export interface Repeats {
  find(request: IncomingMessage): Repeat | null;
  keep(request: IncomingMessage, route: string, whole: Promise<Whole | NoPage>): void;
  /** Drops all answers of a session that has changed something. */
  forget(request: IncomingMessage): void;
}

/** Counted from the request: no longer than an end of a session or mandate may take to be noticed. */
const FOR_MS = 2_000;
/** Sessions in the cache; a page of free times is some 7 kB. */
const MOST = 5_000;

/**
 * People who wait for a slot reload faster than anything can have changed. Within two seconds the same session gets the
 * same bytes for the same request, and concurrent identical requests share one rendering. Answers are never shared
 * between sessions, dropped after a write, and only successful pages are cached.
 */
export function createRepeats(): Repeats {
  const people = new Map<string, Map<string, Repeat>>();
  onClearCaches(() => people.clear());
  return {
    find(request) {
      if (request.method !== 'GET') return null;
      const person = personOf(request);
      return (person && people.get(person)?.get(questionOf(request))) || null;
    },
    keep(request, route, whole) {
      const person = personOf(request);
      if (!person || (people.size >= MOST && !people.has(person))) return;
      const own = people.get(person) ?? new Map<string, Repeat>();
      people.set(person, own);
      const question = questionOf(request);
      const repeat = { route, whole };
      own.set(question, repeat);
      const drop = () => {
        if (own.get(question) === repeat) own.delete(question);
        if (own.size === 0 && people.get(person) === own) people.delete(person);
      };
      // Evicts one at a time: dropping all would make every waiting client render at once.
      const over = performance.now() + FOR_MS * (1 - Math.random() / 2);
      whole.then((made) => {
        if ('status' in made && made.status === 200) setTimeout(drop, over - performance.now()).unref();
        else drop();
      }, drop);
    },
    forget(request) {
      const person = personOf(request);
      if (person) people.delete(person);
    },
  };
}

/** The session, without keeping its id. */
function personOf({ headers }: IncomingMessage): string | null {
  const id = sessionIdIn(headers.cookie ?? '');
  return id && createHash('sha256').update(id).digest('base64url');
}

/** Everything besides the session on which a page may depend. */
const questionOf = ({ url, headers }: IncomingMessage): string =>
  JSON.stringify([
    url,
    headers['accept-language'],
    headers['accept-encoding'],
    (headers.cookie ?? '').split(/;\s*/).filter((cookie) => !cookie.startsWith('__Host-')),
  ]);
