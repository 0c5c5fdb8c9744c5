import { accessTo } from '~/appointment/booking/access.server';
import { cancelBooking, noteToldCancelled, recheckBooking } from '~/appointment/booking/booking.server';
import { BookingPage } from '~/appointment/booking/booking-page';
import { bookingView } from '~/appointment/booking/booking-view.server';
import { changeableBooking, dueVisit, makersOf, ownBooking } from '~/appointment/booking/own-booking.server';
import { askedAbout } from '~/effect/page-answer.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { caseReference } from '~/platform/pseudonym.server';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const checked = await recheckBooking(viewer, required(await ownBooking(viewer, params.booking)));
  const { booking } = checked;
  const { searchParams } = new URL(request.url);
  const [access = null] = await accessTo(viewer.language, booking.product, [booking.desk]);
  return {
    title: translatorOf(viewer.language)('appointment:booking.title'),
    asked: askedAbout('booking'),
    asks: searchParams.has('cancel'),
    tells: searchParams.has('gone'),
    alreadyBooked: searchParams.has('already'),
    access,
    due: await dueVisit(viewer, booking),
    booking: await bookingView(
      viewer,
      checked,
      caseReference(viewer, { id: booking.caseId }),
      await makersOf(viewer, booking),
    ),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const booking = required(await changeableBooking(viewer, params.booking));
  const form = await request.formData();
  if (form.get('do') === 'gone') {
    const noted = await noteToldCancelled(viewer, booking);
    return data({ failed: false }, { status: noted ? 200 : 409 });
  }
  const cancelled = await cancelBooking(viewer, booking);
  const failed = cancelled?.state === 'booked';
  return data({ failed }, { status: failed ? 503 : 200 });
}

export default function BookingRoute() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <BookingPage {...page} cancelFailed={answer?.failed ?? false} />;
}

function required<T>(booking: T | null): T {
  if (!booking) throw data(null, { status: 404 });
  return booking;
}
