import { decodeJwt, type JWTPayload } from 'jose';
import { z } from 'zod';
import { config } from '~/config/config.server';
import type { ProviderSettings } from '~/config/providers.server';
import { machineNow } from '~/platform/clock.server';
import { actorPseudonym, providerHash } from '~/platform/pseudonym.server';
import { endSessionsOnce } from '~/store/logout-token.server';
import { CLOCK_SECONDS, idOf, MOST_SECONDS, provider } from './provider.server';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** OpenID Connect Back-Channel Logout 1.0, §2.4. With a nonce an ID token would do as a logout token. */
const claimsSchema = z
  .object({
    jti: z.string().min(1),
    exp: z.number(),
    iat: z.number(),
    sub: z.string().min(1).optional(),
    sid: z.string().min(1).optional(),
    events: z.object({ [EVENT]: z.looseObject({}) }),
    nonce: z.undefined().optional(),
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined, 'names nobody');

/**
 * Ends every session of the person whom the provider signed out, in all processes: each request reads its session from
 * the table. Returns their number. Throws when the token is invalid or was used before.
 */
export async function endSessionsBy(logoutToken: string): Promise<number> {
  const { settings, claims } = await proven(logoutToken);
  const { sub, sid, jti } = claimsSchema.parse(claims);
  const forgotten = machineNow().add({ seconds: MOST_SECONDS + 2 * CLOCK_SECONDS });
  const ended = await endSessionsOnce(providerHash('token', idOf(settings, jti)), forgotten, {
    subject: sub === undefined ? null : actorPseudonym(idOf(settings, sub)),
    providerSession: sid === undefined ? null : providerHash('session', idOf(settings, sid)),
  });
  if (ended === null) throw new Error('a logout token that was used before');
  return ended;
}

/** The provider that signed the token. Several may share an issuer, with a client of the portal each. */
async function proven(logoutToken: string): Promise<{ settings: ProviderSettings; claims: JWTPayload }> {
  let failure: unknown = new Error('iss: no provider of ours');
  for (const settings of candidates(logoutToken))
    try {
      const { verify } = await provider(settings);
      return { settings, claims: await verify(logoutToken, { typ: 'logout+jwt' }) };
    } catch (error) {
      failure = error;
    }
  throw failure;
}

/** Whom to ask about a token that nobody has verified yet, so that a request can't make the portal ask all of them. */
function candidates(token: string): readonly ProviderSettings[] {
  const { PROVIDERS } = config();
  if (PROVIDERS.length === 1) return PROVIDERS;
  const { iss } = decodeJwt(token);
  return PROVIDERS.filter(({ issuer }) => trimmed(issuer) === trimmed(iss ?? ''));
}

const trimmed = (issuer: string): string => issuer.replace(/\/+$/, '');
