import { Writable } from 'node:stream';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { config } from '~/config/config.server';
import { integrityOf } from '~/config/script-integrity';
import { TooMany } from '~/model/rate-limit';
import { errorName, log } from '~/platform/log.server';
import { isStoreFailure } from '~/platform/store-failure';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  ServerRouter,
  type ServerRouterProps,
} from './framework/node.server';
import { isRouteErrorResponse } from './framework/react';
import { catalogueAddress, translatorOf } from './i18n/catalogues.server';
import { languageOfPage, rememberLanguage } from './i18n/request-language.server';
import { WordsProvider } from './i18n/use-t';
import { LivingProvider, type LivingServer } from './ui/living';
import { ID_PREFIX } from './ui/living-root';
import { NonceProvider } from './ui/nonce';

const RENDER_MS = 5_000;
const STORE_RETRY_SECONDS = 10;

/**
 * Renders a page completely, without placeholders, for poor networks and browsers without JavaScript. Rejects when
 * rendering fails; the server then sends its plain failure page.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: ServerRouterProps['context'],
  { nonce, requestId }: AppLoadContext,
): Promise<Response> {
  const language = languageOfPage(request);
  rememberLanguage(request, headers, language);
  const { ownLanguage } = config().AGENCY_DIR;
  return new Promise((resolve, reject) => {
    const page = (
      <NonceProvider value={nonce}>
        <LivingProvider value={livingServer(context, nonce)}>
          <WordsProvider language={language} t={translatorOf(language)} ownLanguage={ownLanguage}>
            <ServerRouter context={context} url={request.url} nonce={nonce} />
          </WordsProvider>
        </LivingProvider>
      </NonceProvider>
    );
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce,
      onAllReady() {
        clearTimeout(late);
        pipe(
          collect((html) => {
            headers.set('content-type', 'text/html; charset=utf-8');
            resolve(new Response(html, { status, headers }));
          }),
        );
      },
      onShellError(error) {
        clearTimeout(late);
        reject(error);
      },
      onError(error) {
        log('error', { requestId, error: errorName(error) }, 'error');
      },
    });
    const late = setTimeout(abort, RENDER_MS);
  });
}

const livingServer = ({ manifest }: ServerRouterProps['context'], nonce: string | undefined): LivingServer => ({
  nonce,
  scripts: [manifest.entry.module, ...manifest.entry.imports].map((address) => ({
    address,
    integrity: integrityOf(address),
  })),
  reloaders: reloadersOf(manifest),
  catalogueAddress,
  render: (root) => renderToString(root, { identifierPrefix: ID_PREFIX }),
  found: null,
});

/** Vite's client and React's refresh runtime, which must come before components. */
function reloadersOf({ hmr }: ServerRouterProps['context']['manifest']): string[] {
  return hmr ? ['/@vite/client', hmr.runtime] : [];
}

/**
 * Called by the framework for errors in loaders, actions and rendering. Missing pages and aborted requests are not
 * reported.
 */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  if (error instanceof TooMany) {
    context.noPage = { why: 'tooMany', retryAfter: error.seconds };
    return;
  }
  if (isStoreFailure(error)) context.noPage = { why: 'broken', retryAfter: STORE_RETRY_SECONDS };
  log('error', { requestId: context.requestId, error: errorName(error) }, 'error');
  if (!config().production) console.error(error);
}

function collect(done: (whole: Uint8Array<ArrayBuffer>) => void): Writable {
  const chunks: Buffer[] = [];
  return new Writable({
    write(chunk: Buffer, _encoding, next) {
      // React's encoder leaves a zero byte where a multi-byte character crosses its buffer's end; HTML contains none.
      chunks.push(chunk.includes(0) ? Buffer.from(chunk.filter((byte) => byte !== 0)) : chunk);
      next();
    },
    final(next) {
      done(new Uint8Array(Buffer.concat(chunks)));
      next();
    },
  });
}
