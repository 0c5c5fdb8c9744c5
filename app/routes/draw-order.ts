import { drawOrder } from '~/appointment/draw/draw-order.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';

/** A finished draw as JSON, for anybody who wants to verify it. */
export async function loader({ params }: LoaderFunctionArgs) {
  const order = await drawOrder(params.release ?? '');
  if (order) return Response.json(order);
  throw data('Not drawn', { status: 404 });
}
