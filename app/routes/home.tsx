import { hasPlanner } from '~/answer/visit-view.server';
import { hasQueue } from '~/contact/contact-view.server';
import { hasStatistics } from '~/estimate/model.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import { LinkButton } from '~/ui/buttons';

const TASKS = [
  ['status', 'cases'],
  ['appointment', 'cases'],
  ['wait', 'wait'],
  ['contact', 'contact'],
] as const;

export function loader({ request }: LoaderFunctionArgs) {
  return {
    title: translatorOf(languageOfPage(request))('home:title'),
    hasWait: hasStatistics(),
    hasVisits: hasPlanner(),
    tellsQueues: hasQueue(),
  };
}

export default function Home() {
  const { language, t } = useWords();
  const { hasWait, hasVisits, tellsQueues } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('home:title')}</h1>
      <p className="lead">{t('home:lead')}</p>
      <p>
        <LinkButton href={`/${language}/cases`} label={t('home:signIn')} />
      </p>
      <h2>{t('home:tasks.title')}</h2>
      <ul className="cards">
        {TASKS.filter(([task]) => (hasWait || task !== 'wait') && (hasVisits || task !== 'appointment')).map(
          ([task, path]) => (
            <li className="card" key={task}>
              <h3>
                <a href={`/${language}/${path}`}>
                  {t(task === 'contact' && !tellsQueues ? 'common:contact' : `home:tasks.${task}.title`)}
                </a>
              </h3>
              <p>
                {task === 'contact' && !tellsQueues
                  ? `${t('contact:phone.title')} · ${t('contact:desks.title')}`
                  : t(`home:tasks.${task}.text`)}
              </p>
            </li>
          ),
        )}
      </ul>
      <p>{t('home:noCall')}</p>
    </>
  );
}
