import type { JccSettings } from '~/config/planners.server';
import { onClearCaches } from '~/platform/caches.server';
import type { Answer, Gate, Question } from '../gate.server';
import { tokenSchema } from './schema.server';

/** How long a token without a lifetime is used, and how long before its end a new one is asked for; milliseconds. */
const UNKNOWN_LIFETIME_MS = 300_000;
const EARLY_MS = 30_000;

type Settings = Pick<JccSettings, 'clientId' | 'clientSecret' | 'scope' | 'language' | 'headers'>;

interface Token {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/**
 * Calls the API with a token of its own (OAuth 2.0, client credentials). A request that got no token was not sent. One
 * that is refused for its token (401) was not done, so it is sent once more with a new one.
 */
export function jccSession({ clientId, clientSecret, scope, language, headers }: Settings, gate: Gate) {
  let current: Token | null = null;
  let underWay: Promise<Answer<Token>> | null = null;
  onClearCaches(() => {
    current = null;
    underWay = null;
  });

  async function request(): Promise<Answer<Token>> {
    const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
    const asked = Date.now();
    const answer = await gate.ask({
      method: 'POST',
      safe: true,
      path: '/connect/token',
      headers: { ...headers, authorization: `Basic ${basic}` },
      form: { grant_type: 'client_credentials', scope },
      schema: tokenSchema,
    });
    if (!answer.ok) return answer;
    const { access_token: value, expires_in: seconds } = answer.value;
    current = { value, until: asked + (seconds === null ? UNKNOWN_LIFETIME_MS : seconds * 1000) - EARLY_MS };
    return { ...answer, value: current };
  }

  async function tokenOf(): Promise<Answer<Token>> {
    if (current && current.until > Date.now()) return { ok: true, value: current, headers: {} };
    underWay ??= request().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  async function askOnce<T>(question: Question<T>): Promise<Answer<T>> {
    const token = await tokenOf();
    // Credentials that are refused say nothing of what was asked for.
    if (!token.ok) return { ok: false, why: token.why === 'refused' ? 'failed' : token.why, unsent: true };
    const authorization = `Bearer ${token.value.value}`;
    const answer = await gate.ask({ ...question, headers: { language, ...headers, authorization } });
    if (!answer.ok && answer.status === 401 && current?.value === token.value.value) current = null;
    return answer;
  }

  return async function ask<T>(question: Question<T>): Promise<Answer<T>> {
    const answer = await askOnce(question);
    return !answer.ok && answer.status === 401 ? askOnce(question) : answer;
  };
}

export type JccAsk = ReturnType<typeof jccSession>;
