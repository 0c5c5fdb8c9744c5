import { addAuditEntry } from '~/audit/audit-entry.server';
import { answersCsv, callsCsv } from '~/effect/insight.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor } = await requireProfessional(request, 'staff');
  await addAuditEntry(actor, { action: 'export-reasons', objectType: 'reasons', fields: ['counts'] });
  const isAnswers = new URL(request.url).searchParams.get('what') === 'answers';
  return new Response(await (isAnswers ? answersCsv() : callsCsv()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${isAnswers ? 'answers' : 'reasons'}.csv"`,
    },
  });
}
