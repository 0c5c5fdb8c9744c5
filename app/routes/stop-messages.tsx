import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { stopByLink } from '~/message/settings.server';
import { Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

/** One button, without a sign-in. Opening the page changes nothing, since mail servers open links too. */
export const loader = ({ request }: LoaderFunctionArgs) => ({
  title: translatorOf(languageOfPage(request))('message:stop'),
});

export async function action({ params }: ActionFunctionArgs) {
  if (!(await stopByLink(params.token ?? ''))) throw data(null, { status: 404 });
  return { stopped: true };
}

export default function StopMessages() {
  const t = useT();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('message:stop')}</h1>
      {answer ? (
        <Notice tone="good" live text={t('message:stopped.wished')} />
      ) : (
        <form method="post">
          <p>{t('message:stopText')}</p>
          <Submit label={t('message:stop')} />
        </form>
      )}
    </>
  );
}
