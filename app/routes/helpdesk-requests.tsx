import { z } from 'zod';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { RenewPage } from '~/helpdesk/renew-page';
import { answer as answerRequest, requestViews } from '~/helpdesk/second-person.server';
import { StaffPages } from '~/helpdesk/staff-pages';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { LinkButton, Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Whole } from '~/ui/whole';

/** Colleagues' call-backs to approve and emergencies to confirm. Never the employee's own. */
export async function loader({ request }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const page = pageSchema.parse(new URL(request.url).searchParams.get('page'));
  return {
    title: translatorOf(agent.language)('helpdesk:requests.title'),
    pages: staffPages(agent.staffRoles),
    page,
    ...(await requestViews(agent, page)),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const given = await answerRequest(agent, await request.formData());
  return data({ given }, { status: given === 'cannot' ? 409 : 200 });
}

/** Counts from 0. */
const pageSchema = z.coerce.number().int().min(0).max(1_000).catch(0);

type View = ReturnType<typeof useLoaderData<typeof loader>>['requests'][number];

export default function Requests() {
  const { language, t } = useWords();
  const { pages, page, hasMore, requests } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('helpdesk:requests.title')}</h1>
      <p>{t('helpdesk:requests.lead')}</p>
      {answer ? (
        <Notice
          tone={answer.given === 'cannot' ? 'bad' : 'good'}
          live
          text={t(`helpdesk:requests.${answer.given === 'yes-hidden' ? 'yes' : answer.given}`)}
        />
      ) : null}
      {requests.length === 0 ? <p>{t('helpdesk:requests.none')}</p> : null}
      <ul className="cards">
        {requests.map((request) => (
          <li className="card" key={request.id}>
            <One request={request} />
          </li>
        ))}
      </ul>
      <p className="buttons">
        {hasMore ? (
          <LinkButton
            href={`/${language}/helpdesk/requests?page=${page + 1}`}
            label={t('helpdesk:requests.further')}
            quiet
          />
        ) : null}
        <LinkButton href={`/${language}/helpdesk/requests`} label={t('helpdesk:caller.refresh')} quiet />
      </p>
      <RenewPage now={`/${language}/helpdesk/requests/now`} known={String(requests.length)} />
      <StaffPages pages={pages} here="helpdesk/requests" />
    </>
  );
}

function One({ request }: { readonly request: View }) {
  const t = useT();
  const facts = request.facts.map((fact) => t(`helpdesk:fact.${fact}`)).join(' · ');
  return (
    <>
      <h2>{t(`helpdesk:requests.kind.${request.kind}`, { number: String(request.agentNumber) })}</h2>
      <Facts
        facts={[
          [t('helpdesk:requests.asker'), request.asker && <bdi key="asker">{request.asker}</bdi>],
          [t('helpdesk:desk.reference'), request.reference && <Whole text={request.reference} />],
          [t('helpdesk:desk.callId'), <bdi key="call">{request.callId}</bdi>],
          [t('helpdesk:requests.knew'), facts || null],
          [t('helpdesk:desk.purpose'), request.kind === 'alt' ? t(`helpdesk:purpose.${request.purpose}`) : null],
          [t('helpdesk:emergency.category'), request.category && t(`helpdesk:emergency.kind.${request.category}`)],
          [t('helpdesk:emergency.report'), request.report && <bdi>{request.report}</bdi>],
          [t('helpdesk:requests.hidden'), request.delayWanted ? t('helpdesk:emergency.hold') : null],
          [t('helpdesk:requests.until'), request.until],
        ]}
      />
      <form method="post" className="buttons" aria-label={`${t('helpdesk:desk.callId')} ${request.callId}`}>
        <input type="hidden" name="request" value={request.id} />
        <Submit name="answer" value="yes" label={t(`helpdesk:requests.approve.${request.kind}`)} />
        {request.delayWanted ? (
          <Submit name="answer" value="yes-hidden" label={t('helpdesk:requests.approve.hidden')} />
        ) : null}
        <Submit name="answer" value="no" label={t('helpdesk:requests.refuse')} quiet />
      </form>
    </>
  );
}
