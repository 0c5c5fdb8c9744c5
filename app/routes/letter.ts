import { addAuditEntry } from '~/audit/audit-entry.server';
import { letterAnswer } from '~/case/letters.server';
import { openCase } from '~/case/open-case.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { requireViewer } from '~/identity/session.server';
import { ownerOf } from '~/platform/pseudonym.server';

/** A letter of the person's own case. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'case');
  if ('why' in opened) throw data(null, { status: 503 });
  const letter = params.letter ?? '';
  return letterAnswer(viewer, opened.theCase, letter, async () => {
    await addAuditEntry(viewer.actor, {
      action: 'open-letter',
      objectType: 'letter',
      objectRef: letter,
      fields: ['letter'],
      onBehalfOf: ownerOf(viewer),
    });
    return true;
  });
}
