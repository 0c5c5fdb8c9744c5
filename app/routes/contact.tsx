import { hasPlanner } from '~/answer/visit-view.server';
import { comingDays, contactView } from '~/contact/contact-view.server';
import { ownQuestions } from '~/contact/questions-view.server';
import { WholeContact } from '~/contact/whole-contact';
import { askedAbout } from '~/effect/page-answer.server';
import { countUse } from '~/effect/page-use.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { sessionOf } from '~/identity/session.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  // Without the store the page is that of a visitor: numbers and hours need no session.
  const session = await sessionOf(request).catch(() => null);
  const role = session?.signedIn.role ?? null;
  const [view, days, cases] = await Promise.all([
    contactView(language),
    comingDays(language),
    role === 'applicant' ? ownQuestions(request) : null,
  ]);
  countUse('contact', language);
  return {
    title: translatorOf(language)('common:contact'),
    view,
    days,
    reader: role,
    cases,
    hasVisits: hasPlanner(),
    asked: askedAbout('contact'),
  };
}

export default function Contact() {
  return <WholeContact {...useLoaderData<typeof loader>()} />;
}
