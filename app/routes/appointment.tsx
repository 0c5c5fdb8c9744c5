import { answerDraw, readTicket } from '~/appointment/draw/draw.server';
import { takeSlot } from '~/appointment/hold/hold.server';
import { partySizeOf } from '~/appointment/party.server';
import { SearchPage } from '~/appointment/search/search-page';
import { searchPage } from '~/appointment/search/search-page.server';
import { parseSlotQuery } from '~/appointment/slot-query.server';
import { openCase } from '~/case/open-case.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import type { PageHandle } from '~/ui/page-handle';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const title = translatorOf(viewer.language)('appointment:search.title');
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) return { title, ref: params.case, why: opened.why, search: null, access: [] };
  return {
    title,
    ref: params.case,
    why: null,
    ...(await searchPage(viewer, opened.theCase, new URL(request.url).searchParams)),
  };
}

/** Holds the chosen slot, or says why not and what is near. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) return data({ why: 'could-not-hold' as const }, { status: 503 });
  const form = await request.formData();
  if (form.has('draw')) {
    const answer = await answerDraw(viewer, opened.theCase, form);
    if (answer === 'bad-email') return data({ why: answer, ticket: readTicket(form) }, { status: 422 });
    if (answer !== 'done') return data({ why: answer }, { status: 409 });
    return redirect(new URL(request.url).pathname);
  }
  const wishes = parseSlotQuery(new URL(request.url).searchParams, partySizeOf(opened.theCase));
  const taken = await takeSlot(viewer, opened.theCase, String(form.get('slot') ?? ''), wishes);
  if (taken.ok) return redirect(`/${viewer.language}/holds/${taken.holdId}`);
  if (taken.why === 'already-booked') return redirect(`/${viewer.language}/bookings/${taken.bookingId}?already`);
  if (taken.why === 'taken') return data({ why: taken.why, alternatives: taken.alternatives }, { status: 409 });
  if (taken.why === 'too-many') return data({ why: taken.why, until: taken.until }, { status: 429 });
  return data({ why: taken.why }, { status: STATUS[taken.why] });
}

const STATUS = { 'not-needed': 409, 'could-not-hold': 503 } as const;

export const handle: PageHandle = { repeatable: true };

export default function Appointment() {
  const { ref = '', ...page } = useLoaderData<typeof loader>();
  return <SearchPage caseRef={ref} {...page} outcome={useActionData<typeof action>() ?? null} />;
}
