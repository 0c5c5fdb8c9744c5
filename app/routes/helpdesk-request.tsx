import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { RenewPage } from '~/helpdesk/renew-page';
import { openApproved, ownRequest, standOf } from '~/helpdesk/without-code.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

/** An employee's own request: waiting, approved and ready to open, or over. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const asked = await ownRequest(agent, params.request);
  const stand = await standOf(asked);
  return { title: translatorOf(agent.language)(`helpdesk:callBack.stand.${stand}`), id: asked.id, stand };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const agent = await requireProfessional(request, 'staff');
  const opened = await openApproved(agent, await ownRequest(agent, params.request));
  if ('grant' in opened) return redirect(`/${agent.language}/helpdesk/calls/${opened.grant.id}/view`);
  return data(opened, { status: opened.why === 'failed' ? 503 : 422 });
}

export default function Request() {
  const { language, t } = useWords();
  const { id, stand } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t(`helpdesk:callBack.stand.${stand}`)}</h1>
      {answer ? (
        <Notice tone="bad" live text={t(`helpdesk:callBack.${answer.why}`)} />
      ) : (
        <p>{t(`helpdesk:callBack.more.${stand}`)}</p>
      )}
      {stand === 'approved' ? (
        <form method="post" aria-label={t('helpdesk:desk.open')}>
          <Submit label={t('helpdesk:desk.open')} />
        </form>
      ) : null}
      <p>
        {stand === 'waiting' ? (
          <>
            <a className="button" href={`/${language}/helpdesk/requests/${id}`}>
              {t('helpdesk:caller.refresh')}
            </a>{' '}
            <RenewPage now={`/${language}/helpdesk/requests/${id}/now`} known={stand} />
          </>
        ) : null}
        <a href={`/${language}/helpdesk/call-back`}>{t('helpdesk:callBack.title')}</a>
      </p>
    </>
  );
}
