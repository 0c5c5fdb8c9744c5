import { type IncomingHttpHeaders, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { config } from '../../app/config/config.server';
import type { LoaderFunctionArgs } from '../../app/framework/node.server';
import type { PortalOptions } from '../../app/server/portal.server';
import { buildOf } from './framework-build';

export const OURS = 'http://localhost:3000';

/** path → the loader of its route. Its action echoes the request's body. */
export type Answers = Readonly<Record<string, (args: LoaderFunctionArgs) => Response | Promise<Response>>>;

/**
 * Options of a portal with these routes. They need no page and no files. @param repeatable paths of repeatable pages
 */
export const portalOptions = (answers: Answers, repeatable: readonly string[] = []) =>
  ({
    config: config(),
    build: async () =>
      buildOf(
        Object.fromEntries(
          Object.entries(answers).map(([path, loader]) => [
            path,
            {
              handle: { repeatable: repeatable.includes(path) },
              loader,
              // The route `form` echoes the parsed fields, the others the raw body.
              action: ({ request: asked }: LoaderFunctionArgs) =>
                path === 'form'
                  ? asked.formData().then((form) => Response.json([...form]))
                  : asked.text().then((text) => new Response(text)),
            },
          ]),
        ),
      ),
    files: (asked: IncomingMessage, response: ServerResponse, next: () => void) =>
      asked.url === '/file.txt' ? response.end('file') : next(),
    ready: async () => true,
  }) satisfies PortalOptions;

/** Starts a portal on a free port and returns the port. */
export async function listening(portal: Server): Promise<number> {
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  return (portal.address() as AddressInfo).port;
}

export function stop(portal: Server): void {
  portal.close();
  portal.closeAllConnections();
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function askAt(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body = '' }: Question = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', path, method, headers: { host: 'localhost:3000', ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
