import { askCases, caseList } from '~/case/case-view.server';
import { openCase } from '~/case/open-case.server';
import { config } from '~/config/config.server';
import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { logViewedPage, requireViewAs } from '~/helpdesk/call.server';
import { CallBar } from '~/helpdesk/call-bar';
import { callBarView } from '~/helpdesk/call-bar.server';
import { callAt, casePanes, stagePanes } from '~/helpdesk/caller-page.server';
import { callerSize } from '~/helpdesk/caller-size';
import { EarlierLooks } from '~/helpdesk/earlier-looks';
import { earlierLooks } from '~/helpdesk/earlier-looks.server';
import { SideBySide } from '~/helpdesk/side-by-side';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { Trouble } from '~/ui/trouble';

/** One of the caller's cases, and the same in Dutch. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const { grant, viewer } = await requireViewAs(agent, params.grant);
  if (grant.onlyCase !== null && grant.onlyCase !== params.case) throw data(null, { status: 404 });
  const { pageWidth } = grant;
  const title = translatorOf(agent.language)('helpdesk:view.title');
  const asked = askCases(viewer);
  const opened = await openCase(viewer, params.case, 'helpdesk', asked);
  // Nothing here is logged as a look, so no reference may be shown either.
  if ('why' in opened)
    return {
      title,
      call: callBarView(grant, agent.language, null),
      panes: null,
      earlier: [],
      pageWidth,
      why: opened.why,
    };
  const { ownLanguage } = config().AGENCY_DIR;
  const panesOf = grant.onlyCase === null ? casePanes : stagePanes;
  const { parts, ...panes } = await panesOf(viewer, opened.theCase, ownLanguage, callAt(agent.language, grant));
  // After a call-back the page names nobody.
  const parties = grant.onlyCase === null ? opened.theCase.parties : [];
  const page = await logViewedPage(agent, grant, 'view-case', panes, { parties, shownParts: parts });
  const earlier = parts && grant.method === 'code' ? await earlierLooks(grant, parts, agent.language) : [];
  const call = callBarView(grant, agent.language, page, await caseList(viewer, asked));
  return { title, style: callerSize(pageWidth), call, panes, earlier, pageWidth, why: null };
}

export default function ViewCase() {
  const t = useT();
  const { call, panes, earlier, pageWidth, why } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="hidden">{t('helpdesk:view.title')}</h1>
      <CallBar call={call} />
      {panes ? <SideBySide panes={panes} pageWidth={pageWidth} /> : <Trouble why={why ?? 'failed'} />}
      <EarlierLooks looks={earlier} />
    </>
  );
}
