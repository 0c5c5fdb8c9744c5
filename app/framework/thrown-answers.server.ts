import type { data, LoaderFunctionArgs, ServerBuild } from './node.server';

type Thrown = ReturnType<typeof data>;
type Make = (args: LoaderFunctionArgs) => unknown;

const RETRY_SECONDS = 10;
/** What a status says by itself, which `about:blank` asks for as the title. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/**
 * Lets a route without a page answer a `data(title, init)` that it throws. A page shows its error boundary instead; without
 * one the framework would say "Unexpected Server Error".
 */
export function withThrownAnswers(build: ServerBuild, id: string): ServerBuild {
  const route = build.routes[id];
  if (!route || route.module.default) return build;
  const { loader, action } = route.module;
  const module = {
    ...route.module,
    ...(loader && { loader: answered(loader) }),
    ...(action && { action: answered(action) }),
  };
  return { ...build, routes: { ...build.routes, [id]: { ...route, module } } };
}

const answered = (make: Make) => async (args: LoaderFunctionArgs) => {
  try {
    return await make(args);
  } catch (thrown) {
    if (isThrownData(thrown)) return answerOf(thrown, args);
    throw thrown;
  }
};

const isThrownData = (thrown: unknown): thrown is Thrown =>
  typeof thrown === 'object' && thrown !== null && 'type' in thrown && thrown.type === 'DataWithResponseInit';

/** Problem details (RFC 9457); the plain page for a person who opens a file, such as a letter, while a backend is down. */
function answerOf({ data: title, init }: Thrown, { request, context }: LoaderFunctionArgs): Response {
  const status = init?.status ?? 500;
  if (status === 503 && title === null && request.headers.get('accept')?.includes('text/html')) {
    context.noPage = { why: 'broken', retryAfter: RETRY_SECONDS };
    return new Response(null, { status: 500 });
  }
  const headers = new Headers(init?.headers);
  headers.set('content-type', 'application/problem+json');
  return Response.json({ type: 'about:blank', status, title: title ?? TITLES[status] ?? 'Error' }, { status, headers });
}
