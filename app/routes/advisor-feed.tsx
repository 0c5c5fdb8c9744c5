import type { ActionFunctionArgs, LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { requireStepUp } from '~/identity/step-up.server';
import { endFeed, hasFeed, makeFeed } from '~/mandate/feed.server';
import { LinkLine, Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, language } = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  return {
    title: translatorOf(language)('mandate:advisor.feed.title'),
    there: await hasFeed(actor),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, language } = await requireProfessional(request, 'advisor');
  await requireStepUp(request);
  const form = await request.formData();
  if (form.get('do') === 'end') {
    await endFeed(actor);
    return { address: null };
  }
  return { address: await makeFeed(actor, language) };
}

export default function Feed() {
  const { language, t } = useWords();
  const { there } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <h1>{t('mandate:advisor.feed.title')}</h1>
      <p>{t('mandate:advisor.feed.text')}</p>
      {answer?.address ? (
        <Notice tone="good" title={t('mandate:advisor.feed.address')} live>
          <p>
            <code dir="ltr" className="address">
              {answer.address}
            </code>
          </p>
        </Notice>
      ) : null}
      <p>{t(there ? 'mandate:advisor.feed.there' : 'mandate:advisor.feed.none')}</p>
      <form method="post" className="buttons" aria-label={t('mandate:advisor.feed.make')}>
        <Submit name="do" value="make" label={t('mandate:advisor.feed.make')} />
        {there ? <Submit name="do" value="end" label={t('mandate:advisor.feed.end')} quiet /> : null}
      </form>
      <LinkLine href={`/${language}/advisor`} label={t('mandate:advisor.title')} />
    </>
  );
}
