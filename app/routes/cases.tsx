import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CaseCards } from '~/case/case-cards';
import { askedAt, caseList } from '~/case/case-view.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import { requireSignedIn, requireViewer } from '~/identity/session.server';

/** Where everybody begins who signed in: an applicant with his cases, the others with their work. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireSignedIn(request);
  const language = languageOfPage(request);
  if (role !== 'applicant') throw redirect(`/${language}/${role === 'advisor' ? 'advisor' : 'helpdesk'}`);
  const cases = await caseList(await requireViewer(request));
  return { title: translatorOf(language)('case:list.title'), cases, asOf: askedAt(cases, language) };
}

export default function Cases() {
  const { language, t } = useWords();
  const { cases, asOf } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('case:list.title')}</h1>
      <CaseCards cases={cases} asOf={asOf} />
      <nav aria-label={t('helpdesk:links.title')}>
        <ul>
          <li>
            <a href={`/${language}/helpdesk/with-me`}>{t('helpdesk:links.help')}</a>
          </li>
          <li>
            <a href={`/${language}/mandates`}>{t('mandate:title')}</a>
          </li>
          <li>
            <a href={`/${language}/who-looked`}>{t('audit:title')}</a>
          </li>
        </ul>
      </nav>
    </>
  );
}
