import { fewerView } from '~/appointment/booking/fewer.server';
import { Fewer } from '~/appointment/booking/fewer-page';
import { changeableBooking } from '~/appointment/booking/own-booking.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { caseReference } from '~/platform/pseudonym.server';
import { pageAbove } from '~/ui/page-above';
import { checkBooking } from '~/visit/check.server';

/** For a group that will be smaller. It changes nothing itself: its times lead to the form that confirms a move. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const own = await changeableBooking(viewer, params.booking);
  const booking = own && (await checkBooking(viewer, own)).booking;
  const asked = new URL(request.url).searchParams.get('stay');
  const view = booking && (await fewerView(viewer, booking, caseReference(viewer, { id: booking.caseId }), asked));
  // The booking's page explains what became of it.
  if (!view) throw redirect(pageAbove(request));
  return { title: translatorOf(viewer.language)('appointment:fewer.title'), view };
}

export default function BookingFewer() {
  const { view } = useLoaderData<typeof loader>();
  return <Fewer view={view} />;
}
