import { createHmac } from 'node:crypto';
import { mayWrite, type Viewer } from '~/model/viewer';

/**
 * A signed token (JWT, HS256) for a planner or its proxy: whether the caller may write, on what basis and why. The planner
 * itself can then refuse the writes of a look. It names nobody.
 */
export function viewerToken(viewer: Viewer, secret: string): string {
  const claims = {
    iss: 'zicht',
    iat: Math.floor(Date.now() / 1000),
    basis: viewer.basis,
    scope: mayWrite(viewer) ? 'write' : 'read',
    ...(viewer.purpose && { purpose: viewer.purpose }),
  };
  return signed(claims, secret);
}

export function signed(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const content = `${HEADER}.${encode(claims)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });
