import { whoLooked } from '~/audit/who-looked.server';
import { WhoLookedPage } from '~/audit/who-looked-page';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { OwnContacts } from '~/helpdesk/own-contacts';
import { ownContacts } from '~/helpdesk/own-contacts.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { ownerOf } from '~/platform/pseudonym.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const [looks, contacts] = await Promise.all([whoLooked(ownerOf(viewer), viewer.language), ownContacts(viewer)]);
  return { title: translatorOf(viewer.language)('audit:title'), looks, contacts };
}

export default function WhoLooked() {
  const { looks, contacts } = useLoaderData<typeof loader>();
  return (
    <WhoLookedPage looks={looks}>
      <OwnContacts contacts={contacts} />
    </WhoLookedPage>
  );
}
