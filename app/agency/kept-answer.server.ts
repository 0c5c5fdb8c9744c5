import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { config } from '~/config/config.server';
import type { Loaded, Trouble } from '~/model/loaded';
import type { Actor } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { changedCaseHash } from '~/platform/pseudonym.server';
import { anyChangedSince } from '~/store/case-change.server';
import { keepAnswer, readKept } from '~/store/kept-answer.server';
import { within } from './budget.server';

/** Whose answer it is, about what, and how it is asked for. Times are in milliseconds. */
export interface Keeping<T> {
  readonly actor: Actor;
  /** Names what is asked, for whom and under which mandates: an answer is never given for another name. */
  readonly about: string;
  /** How long the page waits when it has nothing to show. */
  readonly budget: number;
  /** How long it waits when it can show a kept answer instead. */
  readonly patience: number;
  readonly load: () => Promise<Loaded<T>>;
  /** Restores what JSON loses, such as that two values are one. */
  readonly revive?: (value: T) => T;
  /** The ids of the cases that an answer tells of: once the registry told that one changed, it is not shown as it was kept. */
  readonly casesIn: (value: T) => readonly string[];
}

/** A page with a kept answer waits no longer than this for a fresh one. */
export const PATIENCE = 1_200;

const HOURS = 8;
/** An answer may be from before a change that was told while it was on its way. */
const ON_ITS_WAY_SECONDS = 10;
/** An answer that has not changed is stored again after this time, so that the time it shows stays true. */
const RENEWED_MS = 60_000;
const MOST_REMEMBERED = 20_000;

/** Never when the backend refused the person, or spoke of another one. */
const KEPT_FOR: readonly Trouble[] = ['down', 'late', 'failed', 'malformed'];

const storedSchema = z.object({ asOf: z.string(), value: z.unknown() });

const sessions = new WeakMap<Actor, string>();

/**
 * Lets this request's answers be kept with the session: those of an applicant or advisor on a device of their own. A look of
 * an employee is never kept, nor is anything for a mail, a feed or a job.
 */
export function keepWith(actor: Actor, sessionId: string): void {
  sessions.set(actor, sessionId);
}

/** What was stored lately, so that most pages store nothing: a hash of session and name → the answer's hash and time. */
const stored = new Map<string, { readonly digest: string; readonly at: number }>();
onClearCaches(() => stored.clear());

/**
 * The backend's answer, or the last good one that this session saw, with its own time, when the backend fails or takes longer
 * than `patience`. Kept: whole answers about people, sealed with a key that only the session's cookie gives.
 */
export async function orKept<T>({ actor, about, budget, patience, load, ...reading }: Keeping<T>): Promise<Loaded<T>> {
  const sessionId = sessions.get(actor);
  if (sessionId === undefined) return within(budget, load);
  const kept = { sessionId, about: `${about}\n${program()}` };
  const loading = within(budget, load).then((loaded) => {
    if (loaded.state === 'fresh') void keep(kept, loaded.value, loaded.asOf);
    return loaded;
  });
  const soon = await Promise.race([loading, pause(patience)]);
  if (soon === null) {
    const known = await readAnswer<T>(kept, 'late', reading);
    if (known) {
      loading.catch((error: unknown) => log('error', { error: errorName(error) }, 'error'));
      return known;
    }
  }
  const loaded = soon ?? (await loading);
  if (loaded.state !== 'unavailable' || !KEPT_FOR.includes(loaded.why)) return loaded;
  return (await readAnswer<T>(kept, loaded.why, reading)) ?? loaded;
}

type Kept = Parameters<typeof keepAnswer>[0];

/** Without making the page wait. A failure costs the kept answer only. */
async function keep(kept: Kept, value: unknown, asOf: string): Promise<void> {
  const text = JSON.stringify(value);
  const [name, digest] = [hashOf(`${kept.sessionId}\n${kept.about}`), hashOf(text)];
  const before = stored.get(name);
  if (before?.digest === digest && performance.now() - before.at < RENEWED_MS) return;
  stored.delete(name);
  stored.set(name, { digest, at: performance.now() });
  for (const oldest of stored.keys()) {
    if (stored.size <= MOST_REMEMBERED) break;
    stored.delete(oldest);
  }
  try {
    const at = now();
    await keepAnswer(kept, `{"asOf":${JSON.stringify(asOf)},"value":${text}}`, {
      now: at,
      until: at.add({ hours: HOURS }),
    });
  } catch (error) {
    stored.delete(name);
    log('answer-not-kept', { error: errorName(error) });
  }
}

async function readAnswer<T>(
  kept: Kept,
  why: Trouble,
  { revive = (value) => value, casesIn }: Pick<Keeping<T>, 'revive' | 'casesIn'>,
): Promise<Loaded<T> | null> {
  try {
    const text = await readKept(kept, now());
    if (text === null) return null;
    const { asOf, value } = storedSchema.parse(JSON.parse(text));
    // The same program wrote it, and its seal shows that nobody changed it.
    const restored = revive(value as T);
    return (await isOutdated(casesIn(restored), asOf)) ? null : { state: 'kept', value: restored, asOf, why };
  } catch (error) {
    log('answer-not-kept', { error: errorName(error) });
    return null;
  }
}

/** Whether the registry told of a change of one of these cases after an answer about them was on its way. */
async function isOutdated(caseIds: readonly string[], asOf: string): Promise<boolean> {
  if (config().NOTIFICATIONS_TOKEN === undefined) return false;
  const asked = Temporal.Instant.from(asOf).subtract({ seconds: ON_ITS_WAY_SECONDS });
  return anyChangedSince(caseIds.map(changedCaseHash), asked);
}

/** Changes with each build, since an answer of another version may have another shape. */
let programHash: string | undefined;
function program(): string {
  programHash ??= hashOf(readFileSync(process.argv[1] ?? ''));
  return programHash;
}

const hashOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

const pause = (ms: number): Promise<null> => new Promise((resume) => setTimeout(() => resume(null), ms).unref());
