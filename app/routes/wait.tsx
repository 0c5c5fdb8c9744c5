import { askedAbout } from '~/effect/page-answer.server';
import { countUse } from '~/effect/page-use.server';
import { hasStatistics } from '~/estimate/model.server';
import { publicCache } from '~/estimate/public-cache.server';
import { PublicWaitPage } from '~/estimate/public-wait-page';
import { publicWait } from '~/estimate/public-wait-view.server';
import { data, type HeadersFunction, type LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { sessionOf } from '~/identity/session.server';
import { now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import type { PageHandle } from '~/ui/page-handle';

/** Cached for a minute only, so that a switch by staff shows soon. */
const KEPT_SECONDS = 60;

export async function loader({ request }: LoaderFunctionArgs) {
  if (!hasStatistics()) throw data(null, { status: 404 });
  const language = languageOfPage(request);
  const session = await sessionOf(request).catch(() => null);
  countUse('wait', language);
  const view = {
    isSignedIn: session !== null,
    title: translatorOf(language)('wait:title'),
    wait: publicWait(new URL(request.url).searchParams, language),
    asked: askedAbout('wait', new URL(request.url).searchParams.get('procedure')),
    asOf: clockWords(now(), language),
  };
  return data(view, { headers: await publicCache(request, KEPT_SECONDS, language) });
}

export const handle: PageHandle = { touches: true };

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function ExpectedWait() {
  const { wait, asOf, isSignedIn } = useLoaderData<typeof loader>();
  return <PublicWaitPage wait={wait} asOf={asOf} isSignedIn={isSignedIn} />;
}
