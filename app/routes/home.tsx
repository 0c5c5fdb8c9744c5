import type { LoaderFunctionArgs } from '~/framework/node.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import { LinkButton } from '~/ui/buttons';

export function loader({ request }: LoaderFunctionArgs) {
  return { title: translatorOf(languageOfPage(request))('home:title') };
}

export default function Home() {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('home:title')}</h1>
      <p className="lead">{t('home:lead')}</p>
      <p>
        <LinkButton href={`/${language}/cases`} label={t('home:signIn')} />
      </p>
      <h2>{t('home:tasks.title')}</h2>
      <ul className="cards">
        <li className="card">
          <h3>
            <a href={`/${language}/cases`}>{t('home:tasks.status.title')}</a>
          </h3>
          <p>{t('home:tasks.status.text')}</p>
        </li>
        <li className="card">
          <h3>
            <a href={`/${language}/cases`}>{t('home:tasks.appointment.title')}</a>
          </h3>
          <p>{t('home:tasks.appointment.text')}</p>
        </li>
        <li className="card">
          <h3>
            <a href={`/${language}/wait`}>{t('home:tasks.wait.title')}</a>
          </h3>
          <p>{t('home:tasks.wait.text')}</p>
        </li>
        <li className="card">
          <h3>
            <a href={`/${language}/contact`}>{t('home:tasks.contact.title')}</a>
          </h3>
          <p>{t('home:tasks.contact.text')}</p>
        </li>
      </ul>
      <p>{t('home:noCall')}</p>
    </>
  );
}
