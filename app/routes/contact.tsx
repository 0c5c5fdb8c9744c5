import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useQuery } from '@tanstack/react-query';
import { ContactPage } from '~/contact/contact-page';
import type { ContactView } from '~/contact/contact-view';
import { contactView } from '~/contact/contact-view.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import type { PageHandle } from '~/ui/page-handle';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  return { title: translatorOf(language)('contact:title'), view: await contactView(language) };
}

export const handle: PageHandle = { scripts: true, namespaces: ['contact', 'trouble'] };

/** The waits renew themselves while somebody looks at them. */
export default function Contact() {
  const { language } = useWords();
  const { view } = useLoaderData<typeof loader>();
  const { data } = useQuery({
    queryKey: ['contact', language],
    queryFn: async ({ signal }): Promise<ContactView> => {
      const answer = await fetch(`/${language}/contact/now`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },
    initialData: view,
    staleTime: 30_000,
    refetchInterval: 30_000,
  });
  return <ContactPage view={data} />;
}
