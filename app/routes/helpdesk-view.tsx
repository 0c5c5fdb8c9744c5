import { config } from '~/config/config.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { logViewedPage, requireViewAs } from '~/helpdesk/call.server';
import { callBarView } from '~/helpdesk/call-bar.server';
import { CallPage } from '~/helpdesk/call-page';
import { callAt, listPanes } from '~/helpdesk/caller-page.server';
import { callerSize } from '~/helpdesk/caller-size';
import { noteCaseOf } from '~/helpdesk/contact-moments.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireProfessional } from '~/identity/session.server';

/** The caller's list of cases, and the same in the agency's own language. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { grant, viewer } = await requireViewAs(agent, params.grant);
  if (grant.onlyCase !== null) throw redirect(`/${agent.language}/helpdesk/calls/${grant.id}/view/${grant.onlyCase}`);
  const { lines, cases, ...panes } = await listPanes(
    viewer,
    config().AGENCY_DIR.ownLanguage,
    callAt(agent.language, grant),
  );
  const page = await logViewedPage(agent, grant, 'view-cases', panes);
  await noteCaseOf(grant, cases);
  return {
    title: translatorOf(agent.language)('helpdesk:view.title'),
    call: callBarView(grant, agent.language, page, lines),
    panes,
    style: callerSize(grant.pageWidth),
    pageWidth: grant.pageWidth,
  };
}

export default function View() {
  const { call, panes, pageWidth } = useLoaderData<typeof loader>();
  return <CallPage call={call} panes={panes} pageWidth={pageWidth} />;
}
