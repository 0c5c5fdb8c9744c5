import { hasStatistics } from '~/estimate/model.server';
import { publicCache } from '~/estimate/public-cache.server';
import { TrackRecordPage } from '~/estimate/track-record-page';
import { trackRecordView } from '~/estimate/track-record-view.server';
import { data, type HeadersFunction, type LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';

const KEPT_SECONDS = 600;

export async function loader({ request }: LoaderFunctionArgs) {
  if (!hasStatistics()) throw data(null, { status: 404 });
  const language = languageOfPage(request);
  const view = { title: translatorOf(language)('wait:record.title'), record: trackRecordView(language) };
  return data(view, { headers: await publicCache(request, KEPT_SECONDS, language) });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function WaitRecord() {
  return <TrackRecordPage record={useLoaderData<typeof loader>().record} />;
}
