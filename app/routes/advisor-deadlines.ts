import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { clientRows } from '~/mandate/clients.server';
import { deadlinesCsv } from '~/mandate/deadlines.server';

/** The advisor's deadlines as a file. No file at all when some could not be loaded: half a list is worse than none. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  const rows = await clientRows(advisor, 'export-deadlines');
  if (rows.state !== 'fresh') throw data(null, { status: 503 });
  return new Response(deadlinesCsv(rows.value, advisor.language), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="deadlines.csv"',
      'cache-control': 'no-store',
    },
  });
}
