import { useQuery } from '@tanstack/react-query';
import { useWords } from '~/i18n/use-t';
import type { LivingPart } from '~/ui/living';
import { ContactPage } from './contact-page';
import type { ContactView } from './contact-view.server';

export const LIVING_CONTACT: LivingPart<{ readonly view: ContactView }> = {
  name: 'contact',
  namespaces: ['contact', 'trouble'],
  Component: LivingContact,
};

/** Refreshes the waits every 30 seconds while the page is visible. */
function LivingContact({ view }: { readonly view: ContactView }) {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['contact'],
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
