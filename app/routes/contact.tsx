import { hasPlanner } from '~/answer/visit-view.server';
import { OtherWays } from '~/contact/contact-page';
import { contactView } from '~/contact/contact-view.server';
import { LIVING_CONTACT } from '~/contact/living-contact';
import { OwnQuestions, Questions } from '~/contact/questions';
import { ownQuestions } from '~/contact/questions-view.server';
import { askedAbout } from '~/effect/page-answer.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { sessionOf } from '~/identity/session.server';
import { Living } from '~/ui/living';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  // Without the store the page is that of a visitor: numbers and hours need no session.
  const session = await sessionOf(request).catch(() => null);
  const role = session?.signedIn.role ?? null;
  const [view, cases] = await Promise.all([contactView(language), role === 'applicant' ? ownQuestions(request) : null]);
  return {
    title: translatorOf(language)('common:contact'),
    view,
    role,
    cases,
    hasVisits: hasPlanner(),
    asked: askedAbout('contact'),
  };
}

/** Numbers and hours first, then answers for which nobody has to call. */
export default function Contact() {
  const t = useT();
  const { view, role, cases, hasVisits } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('common:contact')}</h1>
      <Living part={LIVING_CONTACT} props={{ view }} />
      {cases ? <OwnQuestions cases={cases} /> : <Questions role={role} hasWait={view.hasWait} hasVisits={hasVisits} />}
      <OtherWays view={view} />
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </>
  );
}
