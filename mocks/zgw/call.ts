import { problem } from './problem';
import { limitsIn, refuseToken } from './token';

/** What MSW hands to a handler, as far as the ZGW handlers look at it. */
export interface Call {
  readonly request: Request;
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export const CRS = 'EPSG:4326';

/** Lets only a good token through and, where the answer may hold geometry, only who names the coordinate system. */
export function guarded(needsCrs: boolean, answer: (request: Request, uuid: string) => Response | Promise<Response>) {
  return ({ request, params }: Call) => {
    const refusal = refuseToken(request.headers.get('authorization'), Date.now() / 1000);
    if (refusal !== null) return problem(request, 403, refusal.detail, { code: refusal.code });
    const limits = limitsIn(request.headers.get('authorization'));
    const reads = ['GET', 'HEAD'].includes(request.method) || new URL(request.url).pathname.endsWith('/_zoek');
    if (limits.onlyReads && !reads) {
      return problem(request, 403, 'Dit token is alleen om te lezen.', { code: 'permission_denied' });
    }
    if (limits.lacksPurpose) {
      return problem(request, 403, 'Het doel van het inzien ontbreekt.', { code: 'permission_denied' });
    }
    if (needsCrs && request.headers.get('accept-crs') !== CRS) {
      return problem(request, 406, `Geef de header Accept-Crs: ${CRS}.`);
    }
    return answer(request, String(params.uuid ?? ''));
  };
}

export const originOf = (request: Request): string => new URL(request.url).origin;
export const param = (request: Request, name: string): string | null => new URL(request.url).searchParams.get(name);

/** The last part of an address: the same resource, whichever host name the caller used for it. */
export const idIn = (address: string | null): string | null => address && (address.split('/').at(-1) ?? '');
