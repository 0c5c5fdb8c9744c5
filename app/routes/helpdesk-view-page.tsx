import { config } from '~/config/config.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { logViewedPage, requireViewAs } from '~/helpdesk/call.server';
import { callBarView } from '~/helpdesk/call-bar.server';
import { CallPage } from '~/helpdesk/call-page';
import { callAt } from '~/helpdesk/caller-page.server';
import { callerPage, FIELDS, type OtherPage } from '~/helpdesk/caller-pages.server';
import { callerSize } from '~/helpdesk/caller-size';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireProfessional } from '~/identity/session.server';

/** A page of the caller's beside their cases: free times, a booking, who looked, the waits, contact. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { grant, viewer } = await requireViewAs(agent, params.grant);
  if (grant.onlyCase !== null) throw data(null, { status: 404 });
  const { pathname, searchParams: query } = new URL(request.url);
  const { ownLanguage } = config().AGENCY_DIR;
  const asked = { id: params.case ?? params.booking, query };
  const made = await callerPage(pageAt(pathname), viewer, ownLanguage, callAt(agent.language, grant), asked);
  if (!made) throw data(null, { status: 404 });
  const { look, ...panes } = made;
  const page =
    look &&
    (await logViewedPage(agent, grant, look.action, panes, { parties: look.parties, fields: FIELDS[look.action] }));
  return {
    title: translatorOf(agent.language)('helpdesk:view.title'),
    style: callerSize(grant.pageWidth),
    call: callBarView(grant, agent.language, page),
    panes,
    pageWidth: grant.pageWidth,
  };
}

function pageAt(pathname: string): OtherPage {
  const [last, before] = pathname.split('/').reverse();
  if (before === 'bookings') return 'booking';
  return last === 'appointment' || last === 'who-looked' || last === 'wait' ? last : 'contact';
}

export default function ViewPage() {
  const { call, panes, pageWidth } = useLoaderData<typeof loader>();
  return <CallPage call={call} panes={panes} pageWidth={pageWidth} />;
}
