import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { plannerTaskText } from '~/appointment/booking/planner-task.server';
import { desksIn, optionalEmail, weekdaysIn } from '~/appointment/form-fields.server';
import { DESK_BUDGET } from '~/appointment/free-times.server';
import { openDesks } from '~/appointment/known-desks.server';
import { bookedFor, partySizeOf } from '~/appointment/party.server';
import { weekdayNames } from '~/appointment/weekdays.server';
import { whenOf } from '~/appointment/when.server';
import { noteAct } from '~/audit/noted-act.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { ProductCode } from '~/model/appointment';
import { windowState } from '~/model/draw';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import { productOf } from '~/model/next-step';
import type { OwnCase } from '~/model/rights';
import { addDays, weekdayOf } from '~/model/time';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { sendsMail } from '~/notification/mail.server';
import { leaveMailAddress, mailAddressView } from '~/notification/mail-address.server';
import { agencyDay, now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import { openBooking } from '~/store/booking.server';
import { giveBackTicket, type Release, releaseFor, type Ticket, takeTicket } from '~/store/draw.server';

type DrawState = 'before' | 'open' | 'ticket' | 'waiting' | 'offered' | 'lost' | 'missed' | 'returned' | 'withdrawn';

/** A ticket in one of these states may still get mail. */
const CAN_STILL_WIN: readonly DrawState[] = ['ticket', 'waiting', 'offered'];

/**
 * What the viewer can do in a draw for the case's product, and the state of their ticket; null when there is no draw.
 */
export async function drawView(viewer: Viewer, theCase: OwnCase, product: ProductCode) {
  const found = await findRelease(viewer, theCase, product);
  if (!found) return null;
  const { release, ticket } = found;
  const state = stateOf(release, ticket);
  if (state === null) return null;
  const formats = formatsOf(viewer.language);
  const t = translatorOf(viewer.language);
  const opens = release.opensAt;
  const clock = (instant: typeof opens) => clockWords(instant, viewer.language);
  const day = (instant: typeof opens) => formats.weekday(agencyDay(instant));
  const offer = state === 'offered' ? ticket?.offer : null;
  const address = `/${viewer.language}/cases/${caseReference(viewer, theCase)}/appointment`;
  return {
    state,
    day: day(opens),
    opens: clock(opens),
    closes: clock(opens.add({ minutes: release.windowMinutes })),
    from: formats.date(release.fromDate),
    until: formats.date(release.untilDate),
    ticket: ticket && {
      id: ticket.id,
      number: ticket.number,
      place: ticket.place === null ? null : formats.number(ticket.place),
    },
    offer:
      offer && ticket?.offerUntil
        ? {
            ...whenOf(viewer, { localDate: offer.date, localTime: offer.time, deskName: offer.deskName }),
            slotId: offer.slotId,
            address: `${address}?persons=${ticket.partySize}`,
            until: t('appointment:booking.moment', { day: day(ticket.offerUntil), time: clock(ticket.offerUntil) }),
          }
        : null,
    seedHash: release.seedHash,
    check: release.seedShown === null ? null : `/${viewer.language}/draws/${release.id}`,
    mail: sendsMail() && !viewer.cases,
    back: address,
    confirm:
      ticket && CAN_STILL_WIN.includes(state) ? (await mailAddressView(viewer, ticket.addressId)).toConfirm : null,
    choices: state === 'open' ? await choicesOf(release, product, viewer.language) : null,
  };
}

export type DrawView = NonNullable<Awaited<ReturnType<typeof drawView>>>;

async function choicesOf(release: Release, product: ProductCode, language: Language) {
  const known = knownValue(await within(DESK_BUDGET, () => plannerOfAgency().desksOf(product))) ?? [];
  const desks = known.filter(({ key }) => release.desks.length === 0 || release.desks.includes(key));
  const open = new Set(
    Array.from({ length: 7 }, (_, days) => addDays(release.fromDate, days))
      .filter((date) => date <= release.untilDate)
      .map(weekdayOf),
  );
  const names = weekdayNames(language, 'long').map((name, index) => ({ day: index + 1, name, chosen: false }));
  return {
    desks: desks.map(({ key, name }) => ({ key, name, chosen: false })),
    weekdays: names.filter(({ day }) => open.has(day)),
  };
}

/** A ticket is for everybody in a case, so only those who book for all can have one. */
const findRelease = async (viewer: Viewer, theCase: OwnCase, product: ProductCode) =>
  theCase.rights.includes('book-all')
    ? releaseFor(bookedFor(viewer, theCase), {
        caseId: theCase.id,
        product,
        today: agencyDay(),
      })
    : null;

function stateOf(release: Release, ticket: Ticket | null): DrawState | null {
  const present = now().epochMilliseconds;
  if (!ticket) {
    const window = windowState(present, release.opensAt.epochMilliseconds, release.windowMinutes);
    return window === 'closed' ? null : window;
  }
  if (ticket.state === 'booked' || ticket.state === 'ended') return null;
  if (ticket.state === 'waiting') return release.state === 'planned' ? 'ticket' : 'waiting';
  // An offer ends at its time, even if the background job has not settled it yet.
  if (ticket.state === 'offered')
    return ticket.offerUntil && ticket.offerUntil.epochMilliseconds > present ? 'offered' : 'missed';
  return ticket.state;
}

/** Takes a ticket or gives it back. Repeating either changes nothing. */
export async function answerDraw(
  viewer: WritingViewer,
  theCase: OwnCase,
  form: FormData,
): Promise<'done' | 'no-ticket' | 'bad-email' | 'not-needed'> {
  const product = productOf(theCase);
  if (!product || viewer.scope !== 'write') return 'not-needed';
  const found = await findRelease(viewer, theCase, product);
  if (!found) return 'no-ticket';
  const owner = bookedFor(viewer, theCase);
  if (form.get('draw') === 'give-back') {
    if (found.ticket) {
      await giveBackTicket(owner, found.ticket.id);
      noteAct(viewer.actor, {
        action: 'return-ticket',
        objectType: 'ticket',
        objectRef: found.release.id,
        onBehalfOf: owner,
      });
    }
    return 'done';
  }
  if (found.ticket) return 'done';
  if (await openBooking(theCase.id, product, owner)) return 'no-ticket';
  const { email: typed, ...wishes } = readTicket(form);
  const address = optionalEmail.safeParse(sendsMail() ? typed : '');
  if (!address.success) return 'bad-email';
  const { language } = viewer;
  const wanted = {
    releaseId: found.release.id,
    owner,
    caseId: theCase.id,
    partySize: partySizeOf(theCase),
    language,
    addressId: await leaveMailAddress(viewer, address.data),
    takenBy: ownerOf(viewer),
    taker: plannerTaskText({ viewer, request: null }),
    ...wishes,
    desks: await openDesks(product, wishes.desks),
  };
  if (!(await takeTicket(wanted, now()))) return 'no-ticket';
  noteAct(viewer.actor, {
    action: 'take-ticket',
    objectType: 'ticket',
    objectRef: found.release.id,
    onBehalfOf: owner,
  });
  return 'done';
}

export function readTicket(form: FormData) {
  return {
    desks: desksIn(form),
    weekdays: weekdaysIn(form),
    email: String(form.get('email') ?? '')
      .trim()
      .slice(0, 255),
  };
}

export type TicketFilledIn = ReturnType<typeof readTicket>;
