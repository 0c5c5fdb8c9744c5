import { useT } from '~/i18n/use-t';
import type { CalendarDay, CalendarView } from './calendar.server';

/**
 * A month as a plain table. Each day with free slots is a link that says the whole date and the number of slots, for
 * people who can't see the table.
 */
export function Month({ calendar }: { readonly calendar: CalendarView }) {
  const t = useT();
  return (
    <div className="month-box">
      <table className="month">
        <caption>
          <strong>{t('appointment:search.month', { month: calendar.month })}</strong>
        </caption>
        <thead>
          <tr>
            {calendar.weekdays.map(({ short, long }) => (
              <th scope="col" key={long}>
                <span aria-hidden="true">{short}</span>
                <span className="hidden">{long}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calendar.weeks.map((week, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row of a month is known by its place alone
            <tr key={row}>
              {week.map((day, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: so is a cell outside the month
                <td key={column}>{day ? <Day day={day} /> : null}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {calendar.weeks.some((week) => week.some((day) => day?.address && day.late)) ? (
        <p>
          <span className="month__late" aria-hidden="true" /> {t('appointment:deadline.after')}
        </p>
      ) : null}
      <p className="buttons">
        {calendar.previous ? <a href={calendar.previous}>{t('appointment:search.previousMonth')}</a> : null}
        {calendar.next ? <a href={calendar.next}>{t('appointment:search.nextMonth')}</a> : null}
      </p>
    </div>
  );
}

function Day({ day }: { readonly day: CalendarDay }) {
  const t = useT();
  if (!day.address) {
    return (
      <span className="soft">
        {day.number}
        <span className="hidden"> {t('appointment:search.noneOn')}</span>
      </span>
    );
  }
  return (
    <a href={day.address} className={day.late ? 'late' : undefined}>
      <span aria-hidden="true">
        {day.number}
        <small>{t('appointment:search.freeShort', { count: day.free })}</small>
      </span>
      <span className="hidden">
        {t('appointment:search.freeOn', { count: day.free, day: day.day })}
        {day.late ? ` · ${t('appointment:deadline.after')}` : null}
      </span>
    </a>
  );
}
