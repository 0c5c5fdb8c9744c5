import { whoLooked } from '~/audit/who-looked.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { LinkLine } from '~/ui/buttons';

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  return {
    title: translatorOf(viewer.language)('audit:title'),
    looks: await whoLooked(ownerOf(viewer), viewer.language),
  };
}

export default function WhoLooked() {
  const { language, t } = useWords();
  const { looks } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('audit:title')}</h1>
      <p>{t('audit:lead')}</p>
      {looks.length === 0 ? <p>{t('audit:none')}</p> : null}
      <p>{t('audit:later')}</p>
      <ol className="cards">
        {looks.map((look) => (
          <li className="card" key={look.id}>
            <p>
              <strong>{look.who}</strong> · {look.when}
              {look.times > 1 ? ` · ${t('audit:times', { count: look.times })}` : ''}
            </p>
            <p>{look.what}</p>
            {look.notSent ? <p>{t('audit:notSent')}</p> : null}
            <p className="soft">{look.why}</p>
          </li>
        ))}
      </ol>
      <p>{t('audit:wrong')}</p>
      <LinkLine href={`/${language}/mandates`} label={t('mandate:title')} />
    </>
  );
}
