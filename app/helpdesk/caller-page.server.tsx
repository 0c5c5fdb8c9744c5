import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { CaseCards } from '~/case/case-cards';

import type { CaseLine } from '~/case/case-view';
import { askedAt, caseList, caseView } from '~/case/case-view.server';
import { CaseBody } from '~/case/living-case';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords, WordsProvider } from '~/i18n/use-t';
import type { Case } from '~/model/case';
import { directionOf, type Language } from '~/model/language';
import type { Loaded } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { StageAndVisit } from './stage-and-visit';

/** A page of the caller's, as markup of its main region, in one language. */
export interface Pane {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly html: string;
}

/** The same page in the caller's language and in the employee's. */
export interface SideBySide {
  readonly caller: Pane;
  readonly own: Pane;
}

/** The caller's list of cases: what he himself gets, from the same loader and the same components. */
export async function listPanes(
  viewer: Viewer,
  own: Language,
): Promise<SideBySide & { readonly lines: Loaded<CaseLine[]> }> {
  const [lines, ownLines] = await Promise.all([caseList(viewer), caseList({ ...viewer, language: own })]);
  return {
    lines: ownLines,
    caller: pane(viewer.language, 'caller', <ListPage lines={lines} />),
    own: pane(own, 'own', <ListPage lines={ownLines} />),
  };
}

/** A case of the caller's. The case must come from `openCase` with the same viewer. */
export async function casePanes(viewer: Viewer, theCase: Case, own: Language): Promise<SideBySide> {
  const [view, ownView] = await Promise.all([
    caseView(viewer, theCase),
    caseView({ ...viewer, language: own }, theCase),
  ]);
  return {
    caller: pane(viewer.language, 'caller', <CaseBody view={view} />),
    own: pane(own, 'own', <CaseBody view={ownView} />),
  };
}

/** After a call-back: the stage and the appointment of a case, and nothing else of it. */
export async function stagePanes(viewer: Viewer, theCase: Case, own: Language): Promise<SideBySide> {
  const [view, ownView] = await Promise.all([
    caseView(viewer, theCase),
    caseView({ ...viewer, language: own }, theCase),
  ]);
  return {
    caller: pane(viewer.language, 'caller', <StageAndVisit view={view} />),
    own: pane(own, 'own', <StageAndVisit view={ownView} />),
  };
}

function ListPage({ lines }: { readonly lines: Loaded<CaseLine[]> }) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('case:list.title')}</h1>
      <CaseCards cases={lines} asOf={askedAt(lines, language)} />
    </>
  );
}

/** Ids of the two panes must differ, as they stand in one document. */
function pane(language: Language, identifierPrefix: string, page: ReactElement): Pane {
  const html = renderToString(
    <WordsProvider language={language} t={translatorOf(language)}>
      {page}
    </WordsProvider>,
    { identifierPrefix },
  );
  return { language, direction: directionOf(language), html };
}
