import { addAuditEntry } from '~/audit/audit-entry.server';
import { effectCsv } from '~/effect/effect.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor } = await requireProfessional(request, 'staff');
  await addAuditEntry(actor, { action: 'export-reasons', objectType: 'reasons', fields: ['counts'] });
  return new Response(await effectCsv(), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="effect.csv"',
    },
  });
}
