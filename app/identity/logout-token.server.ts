import { z } from 'zod';
import { machineNow } from '~/platform/clock.server';
import { actorPseudonym, providerHash } from '~/platform/pseudonym.server';
import { endSessionsOnce } from '~/store/logout-token.server';
import { CLOCK_SECONDS, MOST_SECONDS, provider } from './provider.server';

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
  const { verify } = await provider();
  const { sub, sid, jti } = claimsSchema.parse(await verify(logoutToken, { typ: 'logout+jwt' }));
  const forgotten = machineNow().add({ seconds: MOST_SECONDS + 2 * CLOCK_SECONDS });
  const ended = await endSessionsOnce(providerHash('token', jti), forgotten, {
    subject: sub === undefined ? null : actorPseudonym(sub),
    providerSession: sid === undefined ? null : providerHash('session', sid),
  });
  if (ended === null) throw new Error('a logout token that was used before');
  return ended;
}
