import { type Challenge, createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { digestOf } from '../world/seed';

const SECRET = 'a secret of the simulated captcha service';
/** Light enough for tests; the real service asks for some hundred times as much. */
const COST = 20;

export interface ChallengeDesk {
  readonly pose: () => Promise<Challenge>;
  /** What the API answers to a solution: the token, or why there is none. */
  readonly verify: (payload: unknown) => Promise<object>;
  readonly isToken: (token: unknown) => boolean;
}

/** The proof of work that some offices want (ALTCHA). One solution buys one token, for any number of calls. */
export function createChallengeDesk(): ChallengeDesk {
  const tokens = new Set<string>();
  const refusal = (error: string) => ({ meta: { success: false, error }, data: null });
  return {
    pose: () =>
      createChallenge({ algorithm: 'SHA-256', cost: COST, deriveKey, keyPrefix: '00', hmacSignatureSecret: SECRET }),
    verify: async (payload) => {
      const { challenge, solution } = decoded(payload);
      if (!challenge || !solution) return refusal('Invalid JSON in payload');
      const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: SECRET });
      if (!verified) return refusal('Captcha verification failed');
      const token = digestOf('captcha', JSON.stringify(solution), String(tokens.size));
      tokens.add(token);
      return { meta: { success: true }, data: { valid: true }, token };
    },
    isToken: (token) => typeof token === 'string' && tokens.has(token),
  };
}

function decoded(payload: unknown) {
  try {
    return JSON.parse(Buffer.from(String(payload), 'base64').toString());
  } catch {
    return {};
  }
}
