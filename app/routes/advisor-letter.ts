import { letterAnswer } from '~/case/letters.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { requireProfessional } from '~/identity/session.server';
import { clientNow, logClientLook, openClientCase } from '~/mandate/clients.server';
import { mustPause } from '~/mandate/file-limit.server';

/** A letter of a client's case, under the mandate: the one that the client can open, from the same instant on. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const ref = params.ref ?? '';
  const now = await clientNow(advisor, ref);
  if (!now) throw data(null, { status: 404 });
  if (await mustPause(advisor, now)) throw data(null, { status: 429 });
  const opened = await openClientCase(advisor, ref, now.mandate);
  // What a client may show could have changed since an answer was kept.
  if (opened.state === 'unavailable' || opened.state === 'kept') throw data(null, { status: 503 });
  const found = opened.value;
  if (!found) throw data(null, { status: 404 });
  const letter = params.letter ?? '';
  return letterAnswer(found.viewer, found.theCase, letter, () =>
    logClientLook(advisor, found, {
      action: 'open-letter',
      objectType: 'letter',
      objectRef: letter,
      fields: ['letter'],
    }),
  );
}
