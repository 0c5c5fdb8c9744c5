import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useQuery } from '@tanstack/react-query';
import { Styles } from '~/appointment/styles';
import { watchNoteOf } from '~/appointment/watch.server';
import { WatchNote } from '~/appointment/watch-note';
import { CasePage } from '~/case/case-page';
import type { CaseView } from '~/case/case-view';
import { caseView } from '~/case/case-view.server';
import { openCase } from '~/case/open-case.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT, useWords } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { useNonce } from '~/server/nonce';
import type { PageHandle } from '~/ui/page-handle';
import { Touches } from '~/ui/touches';
import { Trouble } from '~/ui/trouble';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  // The stage is not in the title: titles stand in tab lists and histories of shared devices.
  const title = translatorOf(viewer.language)('case:facts.title');
  const opened = await openCase(viewer, params.case);
  if ('why' in opened) return { title, why: opened.why, view: null, note: null };
  const [view, note] = await Promise.all([caseView(viewer, opened.theCase), watchNoteOf(viewer, opened.theCase)]);
  return { title, why: null, view, note };
}

const isLate = ({ timeline, wait }: CaseView) =>
  [timeline, wait].some((section) => section.state === 'unavailable' && section.why === 'late');

/** A page that is all there ships no script; one with a late section asks for it again by itself. */
export const handle: PageHandle = {
  scripts: (data) => {
    const { view } = data as Awaited<ReturnType<typeof loader>>;
    return view !== null && isLate(view);
  },
  namespaces: ['case', 'appointment', 'trouble'],
};

export default function Case() {
  const t = useT();
  const nonce = useNonce();
  const loaded = useLoaderData<typeof loader>();
  if (loaded.view === null) {
    return (
      <>
        <h1>{t('case:list.couldNotAsk')}</h1>
        <Trouble why={loaded.why ?? 'failed'} />
        <p>{t('case:list.couldNotAskMore')}</p>
      </>
    );
  }
  return (
    <>
      {loaded.note ? (
        <>
          <Styles />
          <WatchNote note={loaded.note} />
        </>
      ) : null}
      <LivingCase view={loaded.view} />
      <Touches nonce={nonce} />
    </>
  );
}

function LivingCase({ view }: { readonly view: CaseView }) {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['case', view.ref],
    queryFn: async ({ signal }): Promise<CaseView> => {
      const answer = await fetch(`/${language}/cases/${view.ref}/now`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },
    initialData: view,
    staleTime: Number.POSITIVE_INFINITY,
    // A few times; after that the page's own words and its link to try again must do.
    refetchInterval: ({ state }) => (state.data && isLate(state.data) && state.dataUpdateCount < 5 ? 4_000 : false),
    refetchOnMount: isLate(view) ? 'always' : false,
  });
  return <CasePage view={data} />;
}
