import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { ownFilesCsv } from '~/mandate/own-file.server';

/** The office's own file numbers and notes as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  return new Response(await ownFilesCsv(advisor), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="own-files.csv"',
      'cache-control': 'no-store',
    },
  });
}
