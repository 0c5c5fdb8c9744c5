import { effectView } from '~/effect/effect.server';
import { EffectPage } from '~/effect/effect-page';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireProfessional } from '~/identity/session.server';

/** What a feature of the portal saved, by an experiment that was registered before. No personal data. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { language } = await requireProfessional(request, 'staff');
  return { title: translatorOf(language)('helpdesk:effect.title'), view: await effectView(language) };
}

export default function StaffEffect() {
  const { view } = useLoaderData<typeof loader>();
  return <EffectPage view={view} />;
}
