import { config } from '~/config/config.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { logViewedPage, requireViewAs } from '~/helpdesk/call.server';
import { CallBar } from '~/helpdesk/call-bar';
import { callBarView } from '~/helpdesk/call-bar.server';
import { callAt, listPanes } from '~/helpdesk/caller-page.server';
import { callerSize } from '~/helpdesk/caller-size';
import { SideBySide } from '~/helpdesk/side-by-side';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';

/** The caller's list of cases, and the same in the agency's own language. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { grant, viewer } = await requireViewAs(agent, params.grant);
  if (grant.onlyCase !== null) throw redirect(`/${agent.language}/helpdesk/calls/${grant.id}/view/${grant.onlyCase}`);
  const { lines, ...panes } = await listPanes(viewer, config().AGENCY_DIR.ownLanguage, callAt(agent.language, grant));
  const page = await logViewedPage(agent, grant, 'view-cases', panes);
  return {
    title: translatorOf(agent.language)('helpdesk:view.title'),
    call: callBarView(grant, agent.language, page, lines),
    panes,
    style: callerSize(grant.pageWidth),
    pageWidth: grant.pageWidth,
  };
}

export default function View() {
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
