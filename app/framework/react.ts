/** The framework in a page: what components read of their route. */
export {
  isRouteErrorResponse,
  Outlet,
  useActionData,
  useLoaderData,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
