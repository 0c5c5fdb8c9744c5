import { AccessList } from '~/appointment/booking/access';
import { accessTo } from '~/appointment/booking/access.server';
import { answerDraw, readTicket } from '~/appointment/draw/draw.server';
import { takeSlot } from '~/appointment/hold/hold.server';
import { partySizeOf } from '~/appointment/party.server';
import { LIVING_SEARCH } from '~/appointment/search/search';
import { searchView } from '~/appointment/search/search.server';
import { parseSlotQuery } from '~/appointment/slot-query.server';
import { openCase } from '~/case/open-case.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { LinkLine } from '~/ui/buttons';
import { Living } from '~/ui/living';
import type { PageHandle } from '~/ui/page-handle';
import { Trouble } from '~/ui/trouble';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const title = translatorOf(viewer.language)('appointment:search.title');
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) return { title, ref: params.case, why: opened.why, search: null, access: [] };
  const wishes = parseSlotQuery(new URL(request.url).searchParams, partySizeOf(opened.theCase));
  const search = await searchView(viewer, opened.theCase, wishes);
  const shown = search?.desks.filter(({ chosen }) => chosen).map(({ key }) => key) ?? [];
  const access = search && !search.openBooking ? await accessTo(viewer.language, search.product, shown) : [];
  return { title, ref: params.case, why: null, search, access };
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
  const { language, t } = useWords();
  const { ref, why, search, access } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  return (
    <>
      <LinkLine href={`/${language}/cases/${ref}`} label={t('appointment:booking.toCase')} />
      <h1>{t('appointment:search.title')}</h1>
      {why ? <Trouble why={why} /> : null}
      {why || search ? null : <NotNeeded />}
      {search ? <Living part={LIVING_SEARCH} props={{ search, outcome: outcome ?? null }} /> : null}
      <AccessList desks={access} />
    </>
  );
}

function NotNeeded() {
  const t = useT();
  return (
    <>
      <p>{t('appointment:search.notNeeded')}</p>
      <p>{t('appointment:search.notNeededMore')}</p>
    </>
  );
}
