import { type IncomingHttpHeaders, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { config } from '~/config/config.server';
import { buildOf } from '~/framework/build.testing';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import type { PortalOptions } from './portal.server';

export const OURS = 'http://localhost:3000';

/** path → what its route answers. What is sent to it comes back. */
export type Answers = Readonly<Record<string, (args: LoaderFunctionArgs) => Response | Promise<Response>>>;

/** What a portal is made of whose routes answer so. They need no page and no files. @param repeatable paths that say so */
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
              // What is sent comes back, by one of them as the fields of a form.
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

/** Lets a portal listen, and gives its port. */
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
