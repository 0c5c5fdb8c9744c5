/**
 * A provider's JSON without members that are null, which mean the same as absent ones. The library refuses a whole sign-in
 * for a null refresh token.
 */
export async function withoutNulls(answer: Response): Promise<Response> {
  // An answer without content, such as 204, may have no body at all.
  if (answer.body === null || !answer.headers.get('content-type')?.includes('json')) return answer;
  const { status, headers } = answer;
  return new Response(withoutNull(await answer.text()), { status, headers });
}

function withoutNull(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text, (_, value) => value ?? undefined));
  } catch {
    return text;
  }
}

/** Codes of openid-client, jose and Node for no answer or none in time. */
const NO_ANSWER = /^(OAUTH_(TIMEOUT|ABORT)|ERR_JWKS_TIMEOUT|E(CONN|HOST|NET|PIPE|AI_)\w*|UND_ERR_\w+)$/;

/** Whether a sign-in failed since the provider did not answer, or answered that it can't: the person may try again. */
export function isProviderFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code: unknown = Reflect.get(error, 'code');
  const status: unknown = Reflect.get(error, 'status');
  if (typeof code === 'string' && NO_ANSWER.test(code)) return true;
  if (typeof status === 'number' && (status >= 500 || status === 429)) return true;
  return isProviderFailure(Reflect.get(error, 'cause'));
}
