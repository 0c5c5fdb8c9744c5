import { confirmHold } from '~/appointment/booking/booking.server';
import { bookingMadeFrom } from '~/appointment/booking/own-booking.server';
import { asksOf, readAsked } from '~/appointment/hold/desk-asks.server';
import { readDetails } from '~/appointment/hold/details.server';
import {
  extendOwnHold,
  type Hold,
  type HoldView,
  holdView,
  oldGoesFirst,
  releaseHold,
  replacedBooking,
  requireHold,
  secondsLeft,
} from '~/appointment/hold/hold.server';
import { LIVING_HOLD } from '~/appointment/hold/hold-form';
import { visitsOf } from '~/appointment/hold/second-visit.server';
import { comersOf, whomFor } from '~/appointment/party.server';
import { openCase } from '~/case/open-case.server';
import { countUse } from '~/effect/page-use.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Key } from '~/i18n/keys';
import { useT } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import type { Viewer } from '~/model/viewer';
import { caseReference } from '~/platform/pseudonym.server';
import { Submit } from '~/ui/buttons';
import { Living } from '~/ui/living';
import { Notice } from '~/ui/notice';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await requireHold(viewer, params.hold);
  // After confirming, a reload or the back button leads to the booking.
  const booking = await bookingMadeFrom(hold);
  if (booking) throw redirect(`/${viewer.language}/bookings/${booking.id}`);
  const title = translatorOf(viewer.language)('appointment:hold.title');
  const ref = caseReference(viewer, { id: hold.caseId });
  const search = searchFor(viewer, hold);
  return { title, search, hold: await holdView(viewer, hold, ref, await openCase(viewer, ref, 'book')) };
}

/** Three buttons of one form: more time, another time, confirm. Input always comes back. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const hold = await requireHold(viewer, params.hold);
  const opened = await openCase(viewer, caseReference(viewer, { id: hold.caseId }), 'book');
  const theCase = 'theCase' in opened ? opened.theCase : null;
  const form = await request.formData();
  const t = translatorOf(viewer.language);
  const old = await replacedBooking(viewer, hold, theCase);
  const whom = theCase && whomFor(viewer, theCase, old);
  const comers = theCase && whom ? comersOf(theCase, whom) : [];
  const visits = await visitsOf(viewer, comers, hold);
  const must = old !== null && oldGoesFirst(old, hold);
  const { details: read, ...typed } = readDetails(form, hold.partySize, comers, t, must, visits);
  const asked = readAsked(form, await asksOf(hold), t);
  const details = { ...read, answers: asked.answers };
  const filledIn = { ...typed, answers: asked.answers, errors: { ...asked.errors, ...typed.errors } };
  const problem = (text: string | null, status: number) =>
    data({ filledIn, problem: text, oldFirst: false }, { status });
  if (form.get('do') === 'extend') {
    const longer = await extendOwnHold(viewer, hold);
    // From the "time is over" page: the fields are prefilled from the case again.
    if (!form.has('email')) return redirect(new URL(request.url).pathname);
    return data({ filledIn: { ...filledIn, errors: {} }, problem: null, oldFirst: false, extended: longer !== null });
  }
  if (form.get('do') === 'release') {
    await releaseHold(viewer, hold);
    return redirect(searchFor(viewer, hold));
  }
  const again = await bookingMadeFrom(hold);
  if (again) return redirect(`/${viewer.language}/bookings/${again.id}`);
  // A little late is fine while the planner still keeps the slot.
  if (secondsLeft(hold) === 0 && !(await extendOwnHold(viewer, hold))) return problem(null, 410);
  if (!whom) return problem(t('appointment:hold.failed'), 503);
  if (Object.keys(filledIn.errors).length > 0) return problem(null, 422);
  const confirmed = await confirmHold(viewer, hold, details, whom, form.has('agree'));
  if (confirmed.ok && !confirmed.wasBooked) countUse('booked', viewer.language);
  if (confirmed.ok)
    return redirect(`/${viewer.language}/bookings/${confirmed.bookingId}${confirmed.wasBooked ? '?already' : ''}`);
  if (confirmed.why === 'slot-taken') return redirect(searchFor(viewer, hold, true));
  if (confirmed.why === 'already-has-booking' && hold.moves)
    return data({ filledIn, problem: t('appointment:hold.secondRefused'), oldFirst: true }, { status: 409 });
  const field = FIELD_OF[confirmed.why];
  if (field)
    return data(
      { filledIn: { ...filledIn, errors: { [field]: t(WORDS[confirmed.why]) } }, problem: null, oldFirst: false },
      { status: 422 },
    );
  return problem(t(WORDS[confirmed.why]), STATUS[confirmed.why] ?? 409);
}

type Why = Exclude<Extract<Awaited<ReturnType<typeof confirmHold>>, { ok: false }>['why'], 'slot-taken'>;

const WORDS: Readonly<Record<Why, Key>> = {
  'hold-expired': 'appointment:hold.overMore',
  'already-has-booking': 'appointment:hold.alreadyElsewhere',
  'party-too-large': 'appointment:hold.notPossible',
  'too-late': 'appointment:hold.notPossible',
  'challenge-needed': 'appointment:hold.notPossible',
  'slow-down': 'appointment:hold.slowDown',
  'needs-email': 'appointment:hold.needEmailHere',
  'needs-phone': 'appointment:hold.needPhoneHere',
  'email-refused': 'appointment:hold.emailRefused',
  'phone-refused': 'appointment:hold.phoneRefused',
  'needs-answer': 'appointment:hold.answerRefused',
  'not-possible': 'appointment:hold.notPossible',
  'could-not-ask': 'appointment:hold.failed',
};
/** Requirements that only the planner's answer reveals: reported at the field. */
const FIELD_OF: Readonly<Partial<Record<Why, string>>> = {
  'needs-email': 'email',
  'email-refused': 'email',
  'needs-phone': 'phone',
  'phone-refused': 'phone',
};
const STATUS: Readonly<Partial<Record<Why, number>>> = { 'could-not-ask': 503, 'slow-down': 503, 'hold-expired': 410 };

/** The search that led to a hold. @param taken the slot was just taken: near ones are offered */
function searchFor(viewer: Viewer, hold: Hold, taken = false): string {
  const query = new URLSearchParams({ persons: String(hold.partySize) });
  if (hold.moves) query.set('move', hold.moves);
  if (taken) query.set('taken', `${hold.slot.date}T${hold.slot.startTime}`);
  return `/${viewer.language}/cases/${caseReference(viewer, { id: hold.caseId })}/appointment?${query}`;
}

export default function HoldPage() {
  const t = useT();
  const { hold, search } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (hold.secondsLeft === 0) return <Over address={search} stillKept={hold.canExtend} />;
  return (
    <>
      <h1>{t('appointment:hold.title')}</h1>
      {answer?.problem ? <Notice tone="bad" live text={answer.problem} /> : null}
      <Living
        part={LIVING_HOLD}
        props={{ hold: answer?.oldFirst ? oldFirst(hold) : hold, filledIn: answer?.filledIn ?? null }}
      />
    </>
  );
}

/** The planner refused a second booking: the person may still give up the old one first. */
const oldFirst = (hold: HoldView): HoldView => ({
  ...hold,
  moving: hold.moving && { ...hold.moving, oldGoesFirst: true },
});

function Over({ address, stillKept }: { readonly address: string; readonly stillKept: boolean }) {
  const t = useT();
  return (
    <>
      <h1>{t('appointment:hold.over')}</h1>
      <p>{t(stillKept ? 'appointment:hold.overStillKept' : 'appointment:hold.overMore')}</p>
      {stillKept ? (
        <form method="post" aria-label={t('appointment:hold.extend')}>
          <Submit name="do" value="extend" label={t('appointment:hold.extend')} />
        </form>
      ) : null}
      <p>
        <a className={stillKept ? undefined : 'button'} href={address}>
          {t('appointment:hold.again')}
        </a>
      </p>
    </>
  );
}
