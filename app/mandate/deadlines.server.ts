import { config } from '~/config/config.server';
import { durationWords } from '~/estimate/duration-words.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { answerOf } from '~/model/answer';
import { type DayEvent, feedFile, type MomentEvent } from '~/model/calendar-file';
import type { Case } from '~/model/case';
import { countedDaysOf } from '~/model/counted-days';
import { csvFile } from '~/model/csv-file';
import type { Language } from '~/model/language';
import type { ClientRow } from '~/model/mandate-clients';
import { deadlinesOf } from '~/model/mandate-deadlines';
import { instantOf } from '~/model/time';
import { agencyDay, now } from '~/platform/clock.server';
import { deadlineId } from '~/platform/pseudonym.server';

/** The advisor's deadlines as CSV: ISO dates, the kind in words, the reference, time and place of visits, the client. */
export function deadlinesCsv(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = agencyDay();
  const lines = rows
    .flatMap(({ theCase, visit, name, ownReference: own, lawyer }) =>
      deadlinesOf(theCase, day, { visit }).map((deadline) => ({
        ...deadline,
        reference: theCase.reference,
        name,
        own,
        lawyer: lawyer?.name ?? '',
      })),
    )
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, kind, reference, at, name, own, lawyer }) => [
      date,
      t(`mandate:advisor.deadline.${kind}`),
      reference,
      at?.time ?? '',
      at?.place ?? '',
      name,
      own,
      lawyer,
    ]);
  const head = [
    ...t('mandate:advisor.csvHead').split(';'),
    t('mandate:advisor.csvTime'),
    t('mandate:advisor.csvPlace'),
    t('mandate:advisor.client'),
    t('mandate:ownFile.reference'),
    t('mandate:advisor.lawyer'),
  ];
  return csvFile([head, ...lines], 'spreadsheet');
}

/**
 * The advisor's deadlines as a calendar: all-day events, and visits and invitations at their time and place. A summary has the kind and the last four characters of the
 * reference: calendars are shared, and only somebody who knows the case should recognise it.
 */
export function deadlinesCalendar(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = agencyDay();
  const events = rows.flatMap(({ theCase, visit }) =>
    deadlinesOf(theCase, day, { visit }).map(({ kind, date, at }): DayEvent | MomentEvent => {
      // A visit that is booked too late stands beside the last day to come.
      const uid = `${deadlineId(theCase.id, kind === 'visit' && at ? 'booked' : kind)}@zicht`;
      const summary = `${t(`mandate:advisor.deadline.${kind}`)} …${theCase.reference.slice(-4)}`;
      const start = at && instantOf(date, at.time, at.zone ?? config().AGENCY_ZONE);
      return start ? { uid, start, summary, location: at.place } : { uid, date, summary };
    }),
  );
  return feedFile(events, now());
}

/** The decision period for an advisor: its last day, what changed it, and when a notice of default is possible. */
export function legalView(theCase: Case, language: Language) {
  const { extension } = theCase;
  const formats = formatsOf(language);
  const day = agencyDay();
  const answer = answerOf(theCase, { today: day });
  const { period, notice, receivedNotice, court, decision } = answer;
  const remedy = decision?.remedy;
  return {
    // While the clock stands still no date is the last day.
    decideBy: period.state === 'running' || period.state === 'overdue' ? formats.date(period.by) : null,
    /** After a decision nothing is to be decided any more. */
    isDecided: period.state === 'decided' || period.state === 'over',
    remedy: remedy ? { kind: remedy.remedy, lastDay: formats.date(remedy.lastDay) } : null,
    withoutPause: period.state === 'paused' && period.by ? formats.date(period.by) : null,
    paused: period.state === 'paused' ? period.reason : null,
    extension: extension && {
      duration: extension.duration && durationWords(extension.duration, language),
      reason: extension.reason,
    },
    notice: notice && {
      possibleFrom: formats.date(notice.possibleFrom),
      decideBy: formats.date(notice.decideBy),
      isPossible: notice.isPossible,
    },
    receivedNotice: receivedNotice && {
      received: formats.date(receivedNotice.received),
      decideBy: receivedNotice.tooEarlyFor === null ? formats.date(receivedNotice.decideBy) : null,
      perhapsBy: receivedNotice.perhapsBy && formats.date(receivedNotice.perhapsBy),
      tooEarlyFor: receivedNotice.tooEarlyFor && formats.date(receivedNotice.tooEarlyFor),
    },
    counted: countedDaysOf(theCase, day, answer).map(({ duration, from, ...rest }) => ({
      ...rest,
      duration: durationWords(duration, language),
      from: formats.date(from),
    })),
    court: court && { possibleFrom: formats.date(court.possibleFrom), isPossible: court.isPossible },
  };
}

export type LegalView = ReturnType<typeof legalView>;
