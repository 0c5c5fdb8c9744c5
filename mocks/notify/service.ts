import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

const SERVICE = '3f1a1a0e-1d2c-4b7e-9a51-0c5b8f0d7c11';
const SECRET = '9d7c52b6-6f0e-4f2a-8a43-5d1c2e9b7f60';

export interface NotifyRequest {
  readonly id: string;
  readonly email_address?: string;
  readonly phone_number?: string;
  readonly template_id: string;
  readonly personalisation: { readonly subject?: string; readonly body: string };
  readonly reference: string;
  readonly one_click_unsubscribe_url?: string;
}

export interface NotifyService {
  readonly url: string;
  readonly key: string;
  readonly taken: readonly NotifyRequest[];
  /** What the next requests to send get instead of 201; null for what it answers by itself. */
  fail(status: number | null): void;
  /** The next mail is taken, and its answer is lost. */
  loseAnswer(): void;
  stop(): Promise<void>;
}

/** A simulated NotifyNL or GOV.UK Notify: its APIs for e-mail and text messages over real HTTP. */
export async function startNotify(): Promise<NotifyService> {
  const taken: NotifyRequest[] = [];
  let failing: number | null = null;
  let losing = false;
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const refuse = (status: number, error: string) =>
      reply(status, { status_code: status, errors: [{ error, message: error }] });
    if (!isAllowed(request)) return refuse(403, 'AuthError');
    const url = new URL(request.url ?? '/', 'http://notify');
    if (request.method === 'GET' && url.pathname === '/v2/notifications') {
      const reference = url.searchParams.get('reference');
      return reply(200, { notifications: taken.filter((one) => one.reference === reference), links: {} });
    }
    const [, what] = url.pathname.match(/^\/v2\/notifications\/(email|sms)$/) ?? [];
    if (request.method !== 'POST' || !what) return refuse(404, 'NoResultFound');
    if (failing !== null) return refuse(failing, failing === 429 ? 'RateLimitError' : 'Exception');
    const body = JSON.parse(await textOf(request));
    if (
      typeof body[what === 'sms' ? 'phone_number' : 'email_address'] !== 'string' ||
      typeof body.personalisation?.body !== 'string'
    )
      return refuse(400, 'ValidationError');
    const id = randomUUID();
    taken.push({ ...body, id });
    if (losing) {
      losing = false;
      return response.destroy();
    }
    return reply(201, { id, reference: body.reference, uri: `${url.origin}/v2/notifications/${id}` });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    key: `zicht-${SERVICE}-${SECRET}`,
    taken,
    fail: (status) => {
      failing = status;
    },
    loseAnswer: () => {
      losing = true;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A JWT of the service, HS256, made within the last 30 seconds. */
function isAllowed({ headers }: IncomingMessage): boolean {
  const [head = '', claims = '', signature] = (headers.authorization ?? '').replace(/^Bearer /, '').split('.');
  const right = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url');
  if (signature !== right) return false;
  const { iss, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  return iss === SERVICE && Math.abs(Date.now() / 1_000 - iat) <= 30;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
