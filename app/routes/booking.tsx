import { cancelBooking, noteToldCancelled } from '~/appointment/booking/booking.server';
import { BookingPage } from '~/appointment/booking/booking-page';
import { bookingPage } from '~/appointment/booking/booking-page.server';
import { changeableBooking } from '~/appointment/booking/own-booking.server';
import { askedAbout } from '~/effect/page-answer.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { MessagesNote } from '~/message/messages-note';
import { messagesNote } from '~/message/settings.server';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const page = required(await bookingPage(viewer, params.booking, new URL(request.url).searchParams));
  const title = translatorOf(viewer.language)('appointment:booking.title');
  return { title, asked: askedAbout('booking'), messages: await messagesNote(viewer), ...page };
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
  const { messages, ...page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <BookingPage {...page} cancelFailed={answer?.failed ?? false} />
      <MessagesNote note={messages} />
    </>
  );
}

function required<T>(booking: T | null): T {
  if (!booking) throw data(null, { status: 404 });
  return booking;
}
