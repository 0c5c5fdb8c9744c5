import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CaseCards } from '~/case/case-cards';
import { caseList } from '~/case/case-view.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { requireSignedIn, requireViewer } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const { role } = await requireSignedIn(request);
  const title = translatorOf(languageOfPage(request))('case:list.title');
  if (role !== 'applicant') return { title, role, cases: null };
  return { title, role, cases: await caseList(await requireViewer(request)) };
}

export default function Cases() {
  const t = useT();
  const { role, cases } = useLoaderData<typeof loader>();
  if (cases === null) {
    return (
      <>
        <h1>{t('identity:notYet.title')}</h1>
        <p>{t(role === 'advisor' ? 'identity:notYet.advisor' : 'identity:notYet.staff')}</p>
      </>
    );
  }
  return (
    <>
      <h1>{t('case:list.title')}</h1>
      <CaseCards cases={cases} />
    </>
  );
}
