import type { ReactElement } from 'react';
import { hasPlanner } from '~/answer/visit-view.server';
import { BookingPage } from '~/appointment/booking/booking-page';
import { bookingPage } from '~/appointment/booking/booking-page.server';
import { SearchPage } from '~/appointment/search/search-page';
import { searchPage } from '~/appointment/search/search-page.server';
import { whoLooked } from '~/audit/who-looked.server';
import { WhoLookedPage } from '~/audit/who-looked-page';
import { askCases } from '~/case/case-view.server';
import { openCase } from '~/case/open-case.server';
import { config } from '~/config/config.server';
import { comingDays, contactView } from '~/contact/contact-view.server';
import { questionsOf } from '~/contact/questions-view.server';
import { WholeContact } from '~/contact/whole-contact';
import { hasStatistics } from '~/estimate/model.server';
import { PublicWaitPage } from '~/estimate/public-wait-page';
import { publicWait } from '~/estimate/public-wait-view.server';
import { formatsOf } from '~/i18n/format.server';
import type { AuditEvent } from '~/model/audit-event';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import { type Call, pane, type SideBySide } from './caller-page.server';
import { OwnContacts } from './own-contacts';
import { ownContacts } from './own-contacts.server';

/** A page of the caller's, and how the look at it is logged; null where the page is public. */
export interface CallerPage extends SideBySide {
  readonly look: {
    readonly action: 'view-visit' | 'view-log' | 'view-cases';
    readonly parties: OwnCase['parties'];
  } | null;
}

export type OtherPage = 'appointment' | 'booking' | 'who-looked' | 'wait' | 'contact';

interface PageAddress {
  readonly id: string | undefined;
  readonly query: URLSearchParams;
}

/** The fields that a look at each kind of page shows. */
export const FIELDS = {
  'view-visit': ['moment', 'desk', 'people'],
  'view-log': ['role', 'time', 'reason', 'calls'],
  'view-cases': ['stage', 'next-step', 'wait', 'reference'],
} as const satisfies Partial<Record<AuditEvent['action'], readonly string[]>>;

/**
 * Another page of the caller's than their cases, as they see it at the same address, in both languages. Null: they have no
 * such page.
 */
export async function callerPage(
  page: OtherPage,
  viewer: Viewer,
  own: Language,
  call: Call,
  asked: PageAddress,
): Promise<CallerPage | null> {
  const made = await PAGES[page](viewer, asked);
  const ownMade = made && (await PAGES[page]({ ...viewer, language: own }, asked));
  if (!made || !ownMade) return null;
  return {
    look: made.look,
    caller: pane(viewer.language, 'caller', call, made.element),
    own: pane(own, 'own', call, ownMade.element),
  };
}

interface Made {
  readonly element: ReactElement;
  readonly look: CallerPage['look'];
}

const PAGES: Readonly<Record<OtherPage, (viewer: Viewer, asked: PageAddress) => Promise<Made | null>>> = {
  async appointment(viewer, { id = '', query }) {
    const opened = await openCase(viewer, id, 'book');
    if ('why' in opened)
      return {
        element: <SearchPage caseRef={id} why={opened.why} search={null} access={[]} outcome={null} />,
        look: null,
      };
    if (!opened.theCase.rights.includes('helpdesk')) return null;
    const { search, access } = await searchPage(viewer, opened.theCase, query);
    const element = <SearchPage caseRef={id} why={null} search={search} access={access} outcome={null} />;
    return { element, look: { action: 'view-visit', parties: opened.theCase.parties } };
  },
  async booking(viewer, { id, query }) {
    const view = await bookingPage(viewer, id, query);
    if (!view) return null;
    const theCase = (knownValue(await askCases(viewer)) ?? []).find(
      (own) => caseReference(viewer, own) === view.booking.caseRef,
    );
    if (theCase && !theCase.rights.includes('helpdesk')) return null;
    return {
      element: <BookingPage {...view} cancelFailed={false} />,
      look: { action: 'view-visit', parties: theCase?.parties ?? [] },
    };
  },
  async 'who-looked'(viewer) {
    const [looks, contacts] = await Promise.all([whoLooked(ownerOf(viewer), viewer.language), ownContacts(viewer)]);
    const element = (
      <WhoLookedPage looks={looks}>
        <OwnContacts contacts={contacts} />
      </WhoLookedPage>
    );
    return { element, look: { action: 'view-log', parties: [] } };
  },
  async wait({ language }, { query }) {
    if (!hasStatistics()) return null;
    const asOf = formatsOf(language).clock(now().toString(), config().AGENCY_ZONE);
    return { element: <PublicWaitPage wait={publicWait(query, language)} asOf={asOf} isSignedIn />, look: null };
  },
  async contact(viewer) {
    const [view, days, cases] = await Promise.all([
      contactView(viewer.language),
      comingDays(viewer.language),
      questionsOf(viewer),
    ]);
    const element = <WholeContact view={view} days={days} reader="applicant" cases={cases} hasVisits={hasPlanner()} />;
    return { element, look: { action: 'view-cases', parties: [] } };
  },
};
