import { contactView, hasQueue } from '~/contact/contact-view.server';
import { LIVING_CONTACT } from '~/contact/living-contact';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { Living } from '~/ui/living';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  return {
    title: translatorOf(language)(hasQueue() ? 'contact:title' : 'common:contact'),
    view: await contactView(language),
  };
}

export default function Contact() {
  const { view } = useLoaderData<typeof loader>();
  return <Living part={LIVING_CONTACT} props={{ view }} />;
}
