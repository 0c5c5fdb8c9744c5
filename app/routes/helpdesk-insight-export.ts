import { addAuditEntry } from '~/audit/audit-entry.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { insight, insightCsv } from '~/helpdesk/reasons.server';
import { requireProfessional } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor } = await requireProfessional(request, 'staff');
  await addAuditEntry(actor, { action: 'export-reasons', objectType: 'reasons', fields: ['counts'] });
  const { counts } = await insight();
  return new Response(insightCsv(counts), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="reasons.csv"' },
  });
}
