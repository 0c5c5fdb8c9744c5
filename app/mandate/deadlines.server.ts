import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { dayCalendarFile } from '~/model/calendar-file';
import type { Case } from '~/model/case';
import { csvFile } from '~/model/csv-file';
import { decisionPeriodOf } from '~/model/decision-period';
import type { Language } from '~/model/language';
import type { ClientRow } from '~/model/mandate-clients';
import { deadlinesOf, noticeOfDefaultOf } from '~/model/mandate-deadlines';
import { now, today } from '~/platform/clock.server';
import { deadlineId } from '~/platform/pseudonym.server';

/** The advisor's deadlines as CSV: ISO dates, the kind in words, the reference, no names. */
export function deadlinesCsv(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const lines = rows
    .flatMap(({ theCase }) =>
      deadlinesOf(theCase, day).map((deadline) => ({ ...deadline, reference: theCase.reference })),
    )
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, kind, reference }) => [date, t(`mandate:advisor.deadline.${kind}`), reference]);
  return csvFile([t('mandate:advisor.csvHead').split(';'), ...lines], 'spreadsheet');
}

/**
 * The advisor's deadlines as a calendar of all-day events. A summary has the kind and the last four characters of the
 * reference: calendars are shared, and only somebody who knows the case should recognise it.
 */
export function deadlinesCalendar(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const events = rows.flatMap(({ theCase }) =>
    deadlinesOf(theCase, day).map(({ kind, date }) => ({
      uid: `${deadlineId(theCase.id, kind)}@zicht`,
      date,
      summary: `${t(`mandate:advisor.deadline.${kind}`)} …${theCase.reference.slice(-4)}`,
    })),
  );
  return dayCalendarFile(events, now());
}

/** The decision period for an advisor: its last day, what changed it, and when a notice of default is possible. */
export function legalView(theCase: Case, language: Language) {
  const formats = formatsOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const period = decisionPeriodOf(theCase, day);
  const notice = noticeOfDefaultOf(theCase, day);
  return {
    decideBy: 'by' in period && period.by ? formats.date(period.by) : null,
    paused: period.state === 'paused' ? period.reason : null,
    extension: theCase.extension?.reason ?? null,
    notice: notice && {
      possibleFrom: formats.date(notice.possibleFrom),
      decideBy: formats.date(notice.decideBy),
      isPossible: notice.isPossible,
    },
  };
}

export type LegalView = ReturnType<typeof legalView>;
