import { trained } from '~/estimate/model.server';
import { publicCache } from '~/estimate/public-cache.server';
import { figuresCsv, figuresJson } from '~/estimate/public-download';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';

const KEPT_SECONDS = 600;

/** All figures as CSV or JSON, by the address. 503 with problem details while there are none. */
export async function loader({ request }: LoaderFunctionArgs) {
  const known = trained();
  if (known.state === 'unavailable' || !known.value.complete)
    throw data('The figures are still being computed. Ask again in a few minutes.', {
      status: 503,
      headers: { 'retry-after': '60' },
    });
  const asCsv = new URL(request.url).pathname.endsWith('.csv');
  const { asOf } = known.value;
  const headers = {
    'content-type': asCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json',
    'content-disposition': `attachment; filename="expected-wait-${asOf}.${asCsv ? 'csv' : 'json'}"`,
    ...(await publicCache(request, KEPT_SECONDS, null)),
  };
  const body = asCsv ? figuresCsv(known.value) : JSON.stringify(figuresJson(known.value), null, 1);
  return new Response(body, { headers });
}
