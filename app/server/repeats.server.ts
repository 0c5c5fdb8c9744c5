import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sessionIdIn } from '~/identity/cookies.server';
import type { Whole } from './reply.server';

/** An answer that somebody is given again, or that he waits for since he asked for it already. */
export interface Repeat {
  /** For the log. */
  readonly route: string;
  readonly whole: Promise<Whole | null>;
}

/** What people were just answered, each for himself. */
export interface Repeats {
  find(request: IncomingMessage): Repeat | null;
  keep(request: IncomingMessage, route: string, whole: Promise<Whole | null>): void;
  /** All of the one who asks: he has changed something. */
  forget(request: IncomingMessage): void;
}

/** Counted from when it was asked for: no longer than any end (of a session, of a mandate) may take to be known. */
const FOR_MS = 2_000;
/** Of people; a page of free times is some 7 kB. */
const MOST = 5_000;

/**
 * People who wait for a time to come free ask again and again, faster than anything can have changed. Within two seconds
 * the same session that asks the same gets the same bytes, without the page being made again; and however long that
 * takes, two questions at once are one. Nobody gets what another was answered, nothing outlives a change that the person
 * makes, and only a page that went well is kept.
 */
export function createRepeats(): Repeats {
  const people = new Map<string, Map<string, Repeat>>();
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
      // Not all at once: what many asked for together would be made anew together, and all others would wait for it.
      const over = performance.now() + FOR_MS * (1 - Math.random() / 2);
      whole.then((made) => {
        if (made?.status === 200) setTimeout(drop, over - performance.now()).unref();
        else drop();
      }, drop);
    },
    forget(request) {
      const person = personOf(request);
      if (person) people.delete(person);
    },
  };
}

/** The session, without holding its id. */
function personOf({ headers }: IncomingMessage): string | null {
  const id = sessionIdIn(headers.cookie ?? '');
  return id && createHash('sha256').update(id).digest('base64url');
}

/** All that a page may depend on besides who asks. */
const questionOf = ({ url, headers }: IncomingMessage): string =>
  JSON.stringify([
    url,
    headers['accept-language'],
    headers['accept-encoding'],
    (headers.cookie ?? '').split(/;\s*/).filter((cookie) => !cookie.startsWith('__Host-')),
  ]);
