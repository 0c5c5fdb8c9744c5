import { readFileSync } from 'node:fs';
import type { Api } from './faults';
import type { OtherPeople } from './world/world';

/**
 * The simulated registry and planner in the words of another agency: each whole text of theirs → its own. The name of a
 * field → "": the agency leaves that field empty.
 */
export type OtherWords = ReadonlyMap<string, string>;

export const wordsOf = (agency: string): OtherWords =>
  new Map(Object.entries<string>(JSON.parse(readFileSync(new URL(`./world/${agency}.json`, import.meta.url), 'utf8'))));

export const peopleOf = (agency: string): OtherPeople =>
  JSON.parse(readFileSync(new URL(`./world/${agency}-people.json`, import.meta.url), 'utf8'));

const SPEAKING: ReadonlySet<Api> = new Set<Api>(['cases', 'catalogue', 'zms']);

/** The answer with the other agency's words; an answer that is no JSON stays as it is. */
export async function inOtherWords(words: OtherWords | undefined, api: Api, answer: Response): Promise<Response> {
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  if (!words || !SPEAKING.has(api) || !isJson) return answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  const { status, statusText } = answer;
  return new Response(JSON.stringify(told(await answer.json(), words)), { status, statusText, headers });
}

function told(value: unknown, words: OtherWords): unknown {
  // A property may have parts, as an invitation has its time and place.
  if (typeof value === 'string')
    return value
      .split('|')
      .map((part) => words.get(part) ?? part)
      .join('|');
  if (Array.isArray(value)) return value.map((one) => told(one, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, words.get(name) === '' ? null : told(one, words)]),
  );
}
