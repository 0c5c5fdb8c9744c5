import { insightView } from '~/effect/insight.server';
import { InsightPage } from '~/effect/insight-page';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { requireProfessional } from '~/identity/session.server';

/** Why people call, by week, procedure and stage, and which pages fail them. No personal data. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { language } = await requireProfessional(request, 'staff');
  return { title: translatorOf(language)('helpdesk:insight.title'), view: await insightView(language) };
}

export default function Insight() {
  const { view } = useLoaderData<typeof loader>();
  return <InsightPage view={view} />;
}
