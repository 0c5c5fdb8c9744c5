import { emailError } from '~/appointment/email-words';
import { partySizeOf } from '~/appointment/party.server';
import { parseSlotQuery } from '~/appointment/slot-query.server';
import { readWatch, startWatch, stopWatch, watchView } from '~/appointment/watch/watch.server';
import { WatchPage } from '~/appointment/watch/watch-page';
import { openCase } from '~/case/open-case.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Key } from '~/i18n/keys';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { LinkLine } from '~/ui/buttons';
import { Trouble } from '~/ui/trouble';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const title = translatorOf(viewer.language)('appointment:watch.title');
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) return { title, ref: params.case, why: opened.why, watch: null };
  const wishes = parseSlotQuery(new URL(request.url).searchParams, partySizeOf(opened.theCase));
  return { title, ref: params.case, why: null, watch: await watchView(viewer, opened.theCase, wishes) };
}

/** Two buttons: start the watch, stop it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const opened = await openCase(viewer, params.case, 'book');
  if ('why' in opened) throw data(null, { status: 503 });
  const form = await request.formData();
  const { pathname, searchParams } = new URL(request.url);
  if (form.get('do') === 'stop') {
    await stopWatch(viewer, opened.theCase);
    return redirect(pathname);
  }
  const filledIn = readWatch(form);
  const set = await startWatch(
    viewer,
    opened.theCase,
    filledIn,
    parseSlotQuery(searchParams, partySizeOf(opened.theCase)),
  );
  if (set.ok) return redirect(pathname);
  const t = translatorOf(viewer.language);
  const { field, words } = PROBLEM[set.why];
  const errors: Record<string, string> = { [field]: words === null ? emailError(filledIn.email, t) : t(words) };
  return data({ errors, filledIn }, { status: 422 });
}

const PROBLEM = {
  'bad-date': { field: 'before', words: 'appointment:watch.badDate' },
  'bad-email': { field: 'email', words: null },
  'not-needed': { field: 'main', words: 'appointment:search.notNeeded' },
} as const satisfies Record<string, { field: string; words: Key | null }>;

export default function Watch() {
  const t = useT();
  const { language } = useWords();
  const { ref, why, watch } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (watch) return <WatchPage watch={watch} errors={answer?.errors ?? {}} filledIn={answer?.filledIn ?? null} />;
  return (
    <>
      <h1>{t('appointment:watch.title')}</h1>
      {why ? <Trouble why={why} /> : <p>{t('appointment:search.notNeeded')}</p>}
      <LinkLine href={`/${language}/cases/${ref}`} label={t('appointment:booking.toCase')} />
    </>
  );
}
