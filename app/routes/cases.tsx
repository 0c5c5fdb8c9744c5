import { EndedNotes } from '~/appointment/ended-notes';
import { endedNotes } from '~/appointment/right-ended.server';
import { CaseListPage } from '~/case/case-list-page';
import { askedAt, caseList, knownCases, waitingOf } from '~/case/case-view.server';
import { type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { clientBefore } from '~/identity/arranging.server';
import { requireSignedIn, requireViewer } from '~/identity/session.server';
import { WaitingRequests } from '~/mandate/client-mandates-page';
import { requestsTo } from '~/mandate/waiting.server';
import { MessagesNote } from '~/message/messages-note';
import { messagesNote } from '~/message/settings.server';

/** The start page of everybody who is signed in: cases for applicants, work for the others. */
export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requireSignedIn(request);
  const language = languageOfPage(request);
  if (signedIn.role === 'advisor') {
    const ref = await clientBefore(request, signedIn);
    throw redirect(`/${language}/advisor${ref ? `/clients/${ref}` : ''}`);
  }
  if (signedIn.role === 'staff') {
    // Who answers calls starts with one: seconds count.
    const [first] = staffPages(signedIn.staffRoles);
    throw redirect(`/${language}/${first === 'helpdesk' ? first : 'staff'}`);
  }
  const viewer = await requireViewer(request);
  const [cases, ended, requests, messages] = await Promise.all([
    caseList(viewer, knownCases(viewer, waitingOf(request))),
    endedNotes(viewer),
    requestsTo(viewer),
    messagesNote(viewer),
  ]);
  // A person with one application wants that one. The menu still leads to the list, with what else there is.
  const only =
    cases.state === 'fresh' && cases.value.length === 1 && ended.length + requests.length === 0
      ? cases.value[0]
      : undefined;
  if (only && new URL(request.url).searchParams.has('own')) throw redirect(`/${language}/cases/${only.ref}`);
  const [title, isOwn] = [translatorOf(language)('case:list.title'), viewer.basis === 'self'];
  return { title, cases, asOf: askedAt(cases, language), ended, requests, isOwn, messages };
}

export default function Cases() {
  const { cases, asOf, ended, requests, isOwn, messages } = useLoaderData<typeof loader>();
  return (
    <>
      <WaitingRequests requests={requests} />
      <MessagesNote note={messages === 'bounced' ? messages : null} />
      <EndedNotes notes={ended} ownPage={isOwn} />
      <CaseListPage cases={cases} asOf={asOf} isOwn={isOwn} />
      <MessagesNote note={messages === 'ask' ? messages : null} />
    </>
  );
}
