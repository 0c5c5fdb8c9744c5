import { Temporal } from 'temporal-polyfill';
import { now, today } from '~/clock.server';
import { config } from '~/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Case } from '~/model/case';
import { decisionPeriodOf } from '~/model/decision-period';
import type { Language } from '~/model/language';
import type { ClientRow } from '~/model/mandate-clients';
import { deadlinesOf, noticeOfDefaultOf } from '~/model/mandate-deadlines';
import { opaque } from '~/secret.server';

/** The advisor's own deadlines as a table for a spreadsheet: ISO dates, the kind in words, the reference, no names. */
export function deadlinesCsv(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const lines = rows
    .flatMap(({ theCase }) =>
      deadlinesOf(theCase, day).map((deadline) => ({ ...deadline, reference: theCase.reference })),
    )
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, kind, reference }) => [date, t(`mandate:advisor.deadline.${kind}`), reference].map(cell).join(';'));
  // The mark at the start tells spreadsheets that it is UTF-8.
  return `\uFEFF${[t('mandate:advisor.csvHead'), ...lines].join('\r\n')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula, nor for two cells. */
const cell = (text: string): string => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/**
 * The advisor's deadlines as a calendar (RFC 5545), all-day events without a name: the kind, and the last four
 * characters of the reference, so that only who knows the case knows which it is.
 */
export function deadlinesCalendar(rows: readonly ClientRow[], language: Language): string {
  const t = translatorOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const stamp = now().round('second').toString().replace(/[-:]/g, '');
  const events = rows.flatMap(({ theCase }) =>
    deadlinesOf(theCase, day).map(({ kind, date }) => [
      'BEGIN:VEVENT',
      `UID:${opaque('feed', `${theCase.id} ${kind}`)}@zicht`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${Temporal.PlainDate.from(date).add({ days: 1 }).toString().replaceAll('-', '')}`,
      `SUMMARY:${t(`mandate:advisor.deadline.${kind}`).replace(/[\\;,]/g, '\\$&')} …${theCase.reference.slice(-4)}`,
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
  );
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Zicht//Zicht//EN',
    'METHOD:PUBLISH',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
  ];
  return `${[...head, ...events.flat(), 'END:VCALENDAR'].join('\r\n')}\r\n`;
}

/** The decision period as an advisor wants it: the day, what moved it, and when a notice of default is possible. */
export interface LegalView {
  readonly decideBy: string | null;
  readonly paused: string | null;
  readonly extension: string | null;
  readonly notice: { readonly possibleFrom: string; readonly decideBy: string; readonly already: boolean } | null;
}

export function legalView(theCase: Case, language: Language): LegalView {
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
      already: notice.already,
    },
  };
}
