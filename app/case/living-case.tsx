import { useQuery } from '@tanstack/react-query';
import { useWords } from '~/i18n/use-t';
import { Living, type LivingPart } from '~/ui/living';
import { jsonFrom } from '~/ui/use-renewed';
import { CasePage } from './case-page';
import type { CaseView } from './case-view.server';

/** Whether something was late, so that it is worth loading again. */
const isLate = ({ keptFor, timeline, wait, letters }: CaseView): boolean =>
  keptFor === 'late' ||
  [timeline, wait, letters].some((section) => section && 'why' in section && section.why === 'late');

export const LIVING_CASE: LivingPart<{ readonly view: CaseView }> = {
  name: 'case',
  namespaces: ['appointment', 'case', 'statement', 'trouble'],
  Component: LivingCase,
};

/** A case's page. A complete one ships no script. */
export const CaseBody = ({ view }: { readonly view: CaseView }) =>
  isLate(view) ? <Living part={LIVING_CASE} props={{ view }} /> : <CasePage view={view} />;

function LivingCase({ view }: { readonly view: CaseView }) {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['case', view.ref],
    queryFn: ({ signal }): Promise<CaseView> => jsonFrom(`/${language}/cases/${view.ref}/now`, { signal }),
    initialData: view,
    staleTime: Number.POSITIVE_INFINITY,
    // A few times; after that the page's own text and its retry link remain.
    refetchInterval: ({ state }) => (state.data && isLate(state.data) && state.dataUpdateCount < 5 ? 4_000 : false),
    refetchOnMount: 'always',
  });
  return <CasePage view={data} />;
}
