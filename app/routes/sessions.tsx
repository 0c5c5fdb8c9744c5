import type { ActionFunctionArgs, LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { endOwnSessions, ownSessions } from '~/identity/open-sessions.server';
import { requireSignedIn } from '~/identity/session.server';
import { requireFreshSignIn } from '~/identity/step-up.server';
import { Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  await requireSignedIn(request);
  return {
    title: translatorOf(language)('identity:sessions.title'),
    sessions: await ownSessions(request, language),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  await requireSignedIn(request);
  await requireFreshSignIn(request);
  const form = await request.formData();
  return { ended: await endOwnSessions(request, String(form.get('end') ?? '')) };
}

export default function Sessions() {
  const t = useT();
  const { sessions } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const others = sessions.filter(({ isHere }) => !isHere);
  return (
    <>
      <h1>{t('identity:sessions.title')}</h1>
      <p>{t('identity:sessions.lead')}</p>
      {answer && answer.ended > 0 ? <Notice tone="good" live text={t('identity:sessions.ended')} /> : null}
      <form method="post" aria-label={t('identity:sessions.end')}>
        <ul className="cards">
          {sessions.map(({ ref, isHere, device, isForAnother, begun, used }) => (
            <li className="card" key={ref}>
              <h2>{t(`identity:sessions.device.${device}`)}</h2>
              {isForAnother ? <p>{t('identity:sessions.another')}</p> : null}
              <p>
                {t('identity:sessions.begun', { time: begun })}
                <br />
                {t('identity:sessions.used', { time: used })}
              </p>
              {isHere ? (
                <p className="soft">{t('identity:sessions.this')}</p>
              ) : (
                <Submit quiet name="end" value={ref} label={t('identity:sessions.end')} />
              )}
            </li>
          ))}
        </ul>
        {others.length > 1 ? <Submit name="end" value="others" label={t('identity:sessions.others')} /> : null}
      </form>
      {others.length === 0 ? <p>{t('identity:sessions.none')}</p> : null}
      <h2>{t('common:leave')}</h2>
      <p>{t('identity:leave.text', { button: t('common:leave') })}</p>
      <p>{t('identity:leave.limits')}</p>
    </>
  );
}
