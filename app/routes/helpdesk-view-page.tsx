import { config } from '~/config/config.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { logViewedPage, requireViewAs } from '~/helpdesk/call.server';
import { CallBar } from '~/helpdesk/call-bar';
import { callBarView } from '~/helpdesk/call-bar.server';
import { callAt } from '~/helpdesk/caller-page.server';
import { callerPage, FIELDS, type OtherPage } from '~/helpdesk/caller-pages.server';
import { callerSize } from '~/helpdesk/caller-size';
import { SideBySide } from '~/helpdesk/side-by-side';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
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
  const t = useT();
  const { call, panes, pageWidth } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="hidden">{t('helpdesk:view.title')}</h1>
      <CallBar call={call} />
      <SideBySide panes={panes} pageWidth={pageWidth} />
    </>
  );
}
