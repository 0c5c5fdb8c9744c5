import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { casesOf } from '~/agency/cases.server';
import { confirmHold } from '~/appointment/booking.server';
import { readDetails } from '~/appointment/details.server';
import { askMoreTime, holdView, peopleFor, secondsLeft } from '~/appointment/hold.server';
import { HoldForm } from '~/appointment/hold-form';
import { caseReference, ownerOf } from '~/case/reference.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { knownValue } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { bookingOfHold } from '~/store/booking.server';
import { type Hold, readHold } from '~/store/hold.server';
import { Notice } from '~/ui/notice';
import type { PageHandle } from '~/ui/page-handle';
import { useAnswer } from '~/ui/use-answer';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await holdOf(viewer, params.hold);
  // A reload after confirming, or the back button: the booking is what there is now.
  const booking = await bookingOfHold(ownerOf(viewer), hold.id);
  if (booking && booking.state !== 'refused') throw redirect(`/${viewer.language}/bookings/${booking.id}`);
  const title = translatorOf(viewer.language)('appointment:hold.title');
  const ref = caseReference(viewer, { id: hold.caseId });
  // Without the case the fields are empty; the slot is kept all the same.
  const cases = knownValue(await casesOf(viewer)) ?? [];
  const theCase = cases.find(({ id }) => id === hold.caseId);
  const nobody = { parties: [], vNumber: null };
  return { title, hold: holdView(viewer, hold, ref, peopleFor(theCase ?? nobody, hold.partySize)) };
}

/** Two buttons of one form: more time, or confirm. What was typed always comes back. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await holdOf(viewer, params.hold);
  const form = await request.formData();
  const t = translatorOf(viewer.language);
  const filledIn = readDetails(form, hold.partySize, t);
  const problem = (text: string | null, status: number) => data({ filledIn, problem: text }, { status });
  if (form.get('do') === 'extend') {
    const longer = await askMoreTime(viewer, hold);
    return data({ filledIn: { ...filledIn, errors: {} }, problem: null, extended: longer !== null });
  }
  const again = await bookingOfHold(ownerOf(viewer), hold.id);
  if (again && again.state !== 'refused') return redirect(`/${viewer.language}/bookings/${again.id}`);
  if (secondsLeft(hold) === 0) return problem(null, 410);
  if (Object.keys(filledIn.errors).length > 0) return problem(null, 422);
  const confirmed = await confirmHold(viewer, hold, filledIn);
  if (confirmed.ok) return redirect(`/${viewer.language}/bookings/${confirmed.bookingId}`);
  if (confirmed.why === 'slot-taken') {
    const taken = new URLSearchParams({
      persons: String(hold.partySize),
      taken: `${hold.slot.date}T${hold.slot.startTime}`,
    });
    return redirect(`/${viewer.language}/cases/${caseReference(viewer, { id: hold.caseId })}/appointment?${taken}`);
  }
  if (confirmed.why === 'could-not-ask') return problem(t('appointment:hold.failed'), 503);
  const already = confirmed.why === 'already-has-booking';
  return problem(t(already ? 'appointment:hold.alreadyElsewhere' : 'appointment:hold.notPossible'), 409);
}

export const handle: PageHandle = { scripts: true, namespaces: ['appointment', 'trouble'] };

export default function HoldPage() {
  const { language, t } = useWords();
  const { hold } = useLoaderData<typeof loader>();
  const answer = useAnswer<typeof action>();
  if (hold.secondsLeft === 0) return <Over address={`/${language}/cases/${hold.ref}/appointment`} />;
  return (
    <>
      <h1>{t('appointment:hold.title')}</h1>
      {answer?.problem ? (
        <Notice tone="bad" live>
          <p>{answer.problem}</p>
        </Notice>
      ) : null}
      <HoldForm hold={hold} filledIn={answer?.filledIn ?? null} />
    </>
  );
}

function Over({ address }: { readonly address: string }) {
  const t = useT();
  return (
    <>
      <h1>{t('appointment:hold.over')}</h1>
      <p>{t('appointment:hold.overMore')}</p>
      <p>
        <a className="button" href={address}>
          {t('appointment:hold.again')}
        </a>
      </p>
    </>
  );
}

async function holdOf(viewer: Viewer, id: string | undefined): Promise<Hold> {
  const hold = await readHold(ownerOf(viewer), id ?? '');
  if (!hold) throw data(null, { status: 404 });
  return hold;
}
