import { HttpResponse, http, type RequestHandler } from 'msw';
import { z } from 'zod';
import type { CaseFile } from '../world/case-file';
import { uuidOf } from '../world/seed';
import { guarded, originOf } from '../zgw/call';
import { problem } from '../zgw/problem';

const BASE = '*/notificaties/api/v1';

const wishSchema = z.object({
  callbackUrl: z.url(),
  auth: z.string().min(1),
  kanalen: z.array(z.object({ naam: z.string(), filters: z.record(z.string(), z.string()).default({}) })).min(1),
});
type Subscription = z.output<typeof wishSchema> & { readonly uuid: string };

/** A message of the Notificaties API. */
export interface Message {
  readonly kanaal: string;
  readonly hoofdObject: string;
  readonly resource: string;
  readonly resourceUrl: string;
  readonly actie: 'create' | 'update' | 'destroy';
  /** ISO instant. */
  readonly aanmaakdatum: string;
  readonly kenmerken: Readonly<Record<string, string>>;
}

export interface Notifications {
  readonly handlers: readonly RequestHandler[];
  readonly subscriptions: () => readonly Subscription[];
  /** Sends a message to every subscriber of its channel. Resolves to the statuses of their answers; 0 for none. */
  readonly publish: (message: Message) => Promise<readonly number[]>;
  readonly reset: () => void;
}

/**
 * The registry's notifications. As Open Notificaties does, it tries a new address out: with the token it must answer
 * 204, and without one 403.
 */
export function createNotifications(): Notifications {
  const all = new Map<string, Subscription>();
  let made = 0;

  const shapeOf = (request: Request, { uuid, ...rest }: Subscription) => ({
    url: `${originOf(request)}/notificaties/api/v1/abonnement/${uuid}`,
    ...rest,
  });
  const send = async ({ callbackUrl, auth }: Pick<Subscription, 'callbackUrl' | 'auth'>, message: Message) =>
    fetch(callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(auth === '' ? {} : { authorization: auth }) },
      body: JSON.stringify(message),
    }).then(
      ({ status }) => status,
      () => 0,
    );

  async function store(request: Request, uuid: string, status: number): Promise<Response> {
    const wish = wishSchema.safeParse(await request.json().catch(() => null)).data;
    if (!wish) return problem(request, 400, 'Dit is geen abonnement.');
    const tried = await send(wish, TRY);
    const open = await send({ ...wish, auth: '' }, TRY);
    if (tried !== 204) return problem(request, 400, 'De callback antwoordt niet.', { code: 'invalid-callback-url' });
    if (open !== 403)
      return problem(request, 400, 'De callback is niet beveiligd.', { code: 'no-auth-on-callback-url' });
    const subscription = { ...wish, uuid };
    all.set(uuid, subscription);
    return HttpResponse.json(shapeOf(request, subscription), { status });
  }
  const uuidIn = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? '';

  return {
    handlers: [
      http.get(
        `${BASE}/abonnement`,
        guarded(false, async (request) => HttpResponse.json([...all.values()].map((one) => shapeOf(request, one)))),
      ),
      http.post(
        `${BASE}/abonnement`,
        guarded(false, async (request) => {
          made += 1;
          return store(request, uuidOf('abonnement', String(made)), 201);
        }),
      ),
      http.put(
        `${BASE}/abonnement/:uuid`,
        guarded(false, async (request) =>
          all.has(uuidIn(request)) ? store(request, uuidIn(request), 200) : problem(request, 404),
        ),
      ),
      http.delete(
        `${BASE}/abonnement/:uuid`,
        guarded(false, async (request) =>
          all.delete(uuidIn(request)) ? new HttpResponse(null, { status: 204 }) : problem(request, 404),
        ),
      ),
    ],
    subscriptions: () => [...all.values()],
    publish: (message) =>
      Promise.all(
        [...all.values()]
          .filter(({ kanalen }) => kanalen.some(({ naam }) => naam === message.kanaal))
          .map((one) => send(one, message)),
      ),
    reset: () => all.clear(),
  };
}

/** The message that a case has a new status. @param at ISO instant */
export const changeOf = (origin: string, file: Pick<CaseFile, 'uuid' | 'version'>, at: string): Message => ({
  kanaal: 'zaken',
  hoofdObject: `${origin}/zaken/api/v1/zaken/${file.uuid}`,
  resource: 'status',
  resourceUrl: `${origin}/zaken/api/v1/statussen/${uuidOf('notified', file.uuid, at)}`,
  actie: 'create',
  aanmaakdatum: at,
  kenmerken: {
    bronorganisatie: '123456782',
    zaaktype: `${origin}/catalogi/api/v1/zaaktypen/${file.version.uuid}`,
    vertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
  },
});

const TRY: Message = {
  kanaal: 'test',
  hoofdObject: 'https://example.com',
  resource: 'test',
  resourceUrl: 'https://example.com',
  actie: 'create',
  aanmaakdatum: '2026-01-01T00:00:00Z',
  kenmerken: {},
};
