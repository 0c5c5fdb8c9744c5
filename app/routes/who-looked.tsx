import { whoLooked } from '~/audit/who-looked.server';
import { WhoLookedPage } from '~/audit/who-looked-page';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireViewer } from '~/identity/session.server';
import { ownerOf } from '~/platform/pseudonym.server';

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  return {
    title: translatorOf(viewer.language)('audit:title'),
    looks: await whoLooked(ownerOf(viewer), viewer.language),
  };
}

export default function WhoLooked() {
  return <WhoLookedPage looks={useLoaderData<typeof loader>().looks} />;
}
