import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { EndedNotes } from '~/appointment/ended-notes';
import { type EndedNoteView, endedNotes } from '~/appointment/right-ended.server';
import type { WatchNoteView } from '~/appointment/watch/watch.server';
import { watchNoteOf } from '~/appointment/watch/watch.server';
import { WatchNote } from '~/appointment/watch/watch-note';
import { CaseListPage } from '~/case/case-list-page';
import type { CaseLine, CaseView } from '~/case/case-view.server';
import { askCases, askedAt, askHistory, caseList, caseView, ON_A_PAGE } from '~/case/case-view.server';
import { askLetters } from '~/case/letters.server';
import { CaseBody } from '~/case/living-case';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { WordsProvider } from '~/i18n/use-t';
import { directionOf, type Language } from '~/model/language';
import type { Loaded } from '~/model/loaded';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import type { ViewGrant } from '~/store/view-grant.server';
import { type ShownParts, shownParts } from './earlier-looks.server';
import { inView, withOwnIds } from './in-view';
import { StageAndVisit } from './stage-and-visit';

/**
 * The main region of a page of the caller's, as HTML in one language. Unlike the caller's own page it does not know the
 * device's zone: days and "as of" times are in the agency's zone, a visit is in its desk's.
 */
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

/** Where the links of a caller's page lead. */
export interface Call {
  readonly address: string;
  /** The only case that may be opened; null for all pages. */
  readonly only: string | null;
}

export const callAt = (language: Language, { id, onlyCase }: Pick<ViewGrant, 'id' | 'onlyCase'>): Call => ({
  address: `/${language}/helpdesk/calls/${id}`,
  only: onlyCase,
});

interface CaseSideBySide extends SideBySide {
  /** Hashes that show later whether the page has changed; null when it is not the whole page. */
  readonly parts: ShownParts | null;
}

/** The caller's list of cases, from the same loader and components as the caller's own page. */
export async function listPanes(
  viewer: Viewer,
  own: Language,
  call: Call,
): Promise<SideBySide & { readonly lines: Loaded<CaseLine[]>; readonly cases: Loaded<OwnCase[]> }> {
  const asked = askCases(viewer);
  const [lines, ownLines, ended] = await Promise.all([
    caseList(viewer, asked),
    caseList({ ...viewer, language: own }, asked),
    endedNotes(viewer),
  ]);
  return {
    lines: ownLines,
    cases: await asked,
    caller: pane(viewer.language, 'caller', call, <WholeList cases={lines} language={viewer.language} ended={ended} />),
    own: pane(own, 'own', call, <WholeList cases={ownLines} language={own} ended={ended} />),
  };
}

/** A case of the caller's. It must come from `openCase` with the same viewer. */
export async function casePanes(viewer: Viewer, theCase: OwnCase, own: Language, call: Call): Promise<CaseSideBySide> {
  const [view, ownView] = await inBoth(viewer, theCase, own);
  const [note, ownNote] = await Promise.all([
    watchNoteOf(viewer, theCase),
    watchNoteOf({ ...viewer, language: own }, theCase),
  ]);
  return {
    caller: pane(viewer.language, 'caller', call, <WholePage view={view} note={note} />),
    own: pane(own, 'own', call, <WholePage view={ownView} note={ownNote} />),
    parts: shownParts(ownView, ownNote),
  };
}

/** After a call-back: a case's stage and appointment only. */
export async function stagePanes(viewer: Viewer, theCase: OwnCase, own: Language, call: Call): Promise<CaseSideBySide> {
  const [view, ownView] = await inBoth(viewer, theCase, own);
  return {
    caller: pane(viewer.language, 'caller', call, <StageAndVisit view={view} />),
    own: pane(own, 'own', call, <StageAndVisit view={ownView} />),
    parts: null,
  };
}

/** Asks the agency once for both, so that they agree. */
function inBoth(viewer: Viewer, theCase: OwnCase, own: Language) {
  const history = askHistory(viewer, theCase);
  const letters = askLetters(viewer, theCase, ON_A_PAGE.section);
  return Promise.all([
    caseView(viewer, { theCase }, { history, letters }),
    caseView({ ...viewer, language: own }, { theCase }, { history, letters }),
  ] as const);
}

function WholePage({ view, note }: { readonly view: CaseView; readonly note: WatchNoteView | null }) {
  return (
    <>
      <WatchNote note={note} />
      <CaseBody view={view} />
    </>
  );
}

interface WholeListProps {
  readonly cases: Loaded<CaseLine[]>;
  readonly language: Language;
  readonly ended: readonly EndedNoteView[];
}

function WholeList({ cases, language, ended }: WholeListProps) {
  return (
    <>
      <EndedNotes notes={ended} />
      <CaseListPage cases={cases} asOf={askedAt(cases, language)} />
    </>
  );
}

/** The two panes are in one document, so their ids must differ. */
export function pane(language: Language, identifierPrefix: 'caller' | 'own', call: Call, page: ReactElement): Pane {
  const html = renderToString(
    <WordsProvider language={language} t={translatorOf(language)} ownLanguage={config().AGENCY_DIR.ownLanguage}>
      {page}
    </WordsProvider>,
    { identifierPrefix },
  );
  const within = inView(html, call.address, call.only);
  return {
    language,
    direction: directionOf(language),
    html: identifierPrefix === 'own' ? withOwnIds(within, 'own-') : within,
  };
}
