import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DeriveKeyFunction, type Challenge as Puzzle, solveChallenge } from 'altcha-lib';
import { deriveKey as pbkdf2 } from 'altcha-lib/algorithms/pbkdf2';
import { deriveKey as sha } from 'altcha-lib/algorithms/sha';
import { z } from 'zod';
import { fresh, knownValue, type Loaded, unavailable } from '~/model/loaded';
import { neededToken } from '../field-values.server';
import type { Answer, Gate } from '../gate.server';
import { asOfNow, PLANNER_FAILED_MS, shareAnswers } from '../shared-answer.server';
import { codesIn } from './refusal';
import type { Office } from './schema.server';

/** The API's token lasts five minutes, for any number of calls from one address. */
const TOKEN_MS = 240_000;
/** A puzzle that takes longer is not solved; no page waits so long. */
const LONGEST_MS = 20_000;

/** Keeps unknown fields: the signature covers them too. */
const puzzleSchema = z.looseObject({
  parameters: z.looseObject({
    algorithm: z.string(),
    nonce: z.string(),
    salt: z.string(),
    cost: z.number(),
    keyLength: z.number().optional(),
    keyPrefix: z.string(),
  }),
});
const verifiedSchema = z.object({ token: neededToken });

export interface Challenge {
  /** Asks with a token, and once more with a new one when the API no longer takes it. Null: no token could be had. */
  answered<T>(ask: (token: string) => Promise<Answer<T>>): Promise<Answer<T> | null>;
}

export const needsChallenge = ({ scope }: Office): boolean => scope?.captchaActivatedRequired === true;

/** Solves the proof of work (ALTCHA) that some offices want before a search and a reservation, once for all callers. */
export function zmsChallenge(headers: Readonly<Record<string, string>>, gate: Gate): Challenge {
  const tokens = shareAnswers<string>({ freshMs: TOKEN_MS, keptMs: 0, failedMs: PLANNER_FAILED_MS });

  async function earn(): Promise<Loaded<string>> {
    const posed = await gate.ask({ path: '/captcha-challenge/', headers, schema: puzzleSchema });
    if (!posed.ok) return unavailable(posed.why);
    const { value: challenge } = posed;
    const deriveKey = deriverOf(challenge.parameters.algorithm);
    const solution = deriveKey && (await solved(challenge, deriveKey));
    if (!solution) return unavailable('refused');
    const payload = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
    const verified = await gate.ask({
      method: 'POST',
      safe: true,
      path: '/captcha-verify/',
      headers,
      body: { payload },
      schema: verifiedSchema,
    });
    return verified.ok ? fresh(verified.value.token, asOfNow()) : unavailable(verified.why);
  }

  return {
    answered: async (ask) => {
      const token = knownValue(await tokens.ask('token', earn));
      if (token === undefined) return null;
      const answer = await ask(token);
      if (!codesIn(answer).some((code) => code.startsWith('captcha'))) return answer;
      tokens.forget(() => true);
      const newer = knownValue(await tokens.ask('token', earn));
      return newer === undefined ? null : ask(newer);
    },
  };
}

function deriverOf(algorithm: string): DeriveKeyFunction | null {
  if (/^SHA-(256|384|512)$/.test(algorithm)) return sha;
  return /^PBKDF2\/SHA-(256|384|512)$/.test(algorithm) ? pbkdf2 : null;
}

async function solved(challenge: z.output<typeof puzzleSchema>, deriveKey: DeriveKeyFunction) {
  // Other requests get their turn between two attempts.
  const inTurns: DeriveKeyFunction = async (...attempt) => {
    await nextTurn();
    return deriveKey(...attempt);
  };
  const { algorithm, nonce, salt, cost, keyLength = 32, keyPrefix } = challenge.parameters;
  const puzzle: Puzzle = { parameters: { algorithm, nonce, salt, cost, keyLength, keyPrefix } };
  return solveChallenge({ challenge: puzzle, deriveKey: inTurns, timeout: LONGEST_MS }).catch(() => null);
}
