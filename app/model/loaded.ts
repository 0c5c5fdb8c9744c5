/**
 * What a page knows of one section's data. "Could not ask" (`unavailable`) and "there is none" (a fresh, empty value)
 * are different types, so that they can't look alike on a page.
 */
export type Loaded<T> =
  | { readonly state: 'fresh'; readonly value: T; readonly asOf: string }
  /** The last known good answer; `asOf` is when it was asked, `why` is what went wrong since. */
  | { readonly state: 'kept'; readonly value: T; readonly asOf: string; readonly why: Trouble }
  /** Part of the answer; `missing` names what could not be asked, in the words of the field (a desk's key, a page). */
  | { readonly state: 'partial'; readonly value: T; readonly asOf: string; readonly missing: readonly string[] }
  | { readonly state: 'unavailable'; readonly why: Trouble };

/** Why a backend's answer can't be shown. `late` = not within this page's budget, though it may still come. */
export type Trouble = 'down' | 'late' | 'failed' | 'malformed' | 'refused' | 'foreign';

/** The value inside a `Loaded` type. */
export type ValueOf<L extends Loaded<unknown>> = Exclude<L, { readonly state: 'unavailable' }>['value'];

export const fresh = <T>(value: T, asOf: string): Loaded<T> => ({ state: 'fresh', value, asOf });

export const unavailable = (why: Trouble): Loaded<never> => ({ state: 'unavailable', why });

/** The value if there is one, however old or partial. */
export function knownValue<T>(loaded: Loaded<T>): T | undefined {
  return loaded.state === 'unavailable' ? undefined : loaded.value;
}

/** The same knowledge about something derived from the value. */
export function mapLoaded<A, B>(loaded: Loaded<A>, derive: (value: A) => B): Loaded<B> {
  return loaded.state === 'unavailable' ? loaded : { ...loaded, value: derive(loaded.value) };
}
