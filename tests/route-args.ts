import type { ActionFunctionArgs, AppLoadContext, LoaderFunctionArgs } from '../app/framework/node.server';

/** The context that the server gives to each request. */
export const requestContext = (): AppLoadContext => ({ nonce: '', requestId: 'one', noPage: null });

/** The arguments of a loader or an action. Frameworks add fields of their own, which the portal does not read. */
export const routeArgs = (request: Request, context = requestContext()): LoaderFunctionArgs & ActionFunctionArgs => {
  const args: Pick<LoaderFunctionArgs, 'request' | 'context' | 'params'> = { request, context, params: {} };
  return args as LoaderFunctionArgs & ActionFunctionArgs;
};
