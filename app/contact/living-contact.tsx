import { useWords } from '~/i18n/use-t';
import type { LivingPart } from '~/ui/living';
import { useRenewed } from '~/ui/use-renewed';
import { ContactPage } from './contact-page';
import type { ContactView } from './contact-view.server';

export const LIVING_CONTACT: LivingPart<{ readonly view: ContactView }> = {
  name: 'contact',
  namespaces: ['contact', 'trouble'],
  Component: LivingContact,
};

function LivingContact({ view }: { readonly view: ContactView }) {
  const { language } = useWords();
  return <ContactPage view={useRenewed(['contact'], () => `/${language}/contact/now`, view)} />;
}
