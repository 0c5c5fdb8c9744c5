import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from '~/model/json-text';
import { machineNow } from './clock.server';

/** In seconds: clocks of other machines differ. */
const LEEWAY = 60;

const headSchema = z.object({ alg: z.literal('HS256') });
const claimsSchema = z.object({ exp: z.number().optional(), nbf: z.number().optional() });

/**
 * Whether an Authorization header comes from another machine that has our secret: as a bearer token, as GOV.UK Notify sends
 * it, or as the key of a JWT (HS256), as ZGW components do. They make a JWT once and send it with every
 * request, so its age (`iat`) says nothing. Compared in constant time.
 */
export function isFromHolder(authorization: string | null, secret: string): boolean {
  const [scheme = '', token = '', ...more] = (authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || more.length > 0) return false;
  return isSame(token, secret) || isSignedBy(token, secret);
}

function isSignedBy(token: string, secret: string): boolean {
  const [head = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return false;
  const right = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  if (!isSame(signature, right) || !headSchema.safeParse(partIn(head)).success) return false;
  const known = claimsSchema.safeParse(partIn(claims)).data;
  const seconds = machineNow().epochMilliseconds / 1_000;
  return known !== undefined && (known.exp ?? seconds) >= seconds - LEEWAY && (known.nbf ?? 0) <= seconds + LEEWAY;
}

const isSame = (a: string, b: string): boolean => timingSafeEqual(hashOf(a), hashOf(b));
const hashOf = (text: string) => createHash('sha256').update(text).digest();
const partIn = (part: string): unknown => jsonIn(Buffer.from(part, 'base64url').toString());
