import { readFileSync } from 'node:fs';
import type { Api } from './faults';

/** The simulated registry and planner in the words of another agency: each whole text of theirs → its own. */
export type OtherWords = ReadonlyMap<string, string>;

export const wordsOf = (agency: string): OtherWords =>
  new Map(Object.entries<string>(JSON.parse(readFileSync(new URL(`./world/${agency}.json`, import.meta.url), 'utf8'))));

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
  if (typeof value === 'string') return words.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => told(one, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, told(one, words)]));
}
