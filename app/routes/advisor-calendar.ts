import { data, type LoaderFunctionArgs } from '~/framework/node.server';
import { shownOr } from '~/i18n/shown-languages.server';
import { feedRows } from '~/mandate/clients.server';
import { deadlinesCalendar } from '~/mandate/deadlines.server';

/** The deadlines for a calendar program, which has no session: the address is the key. */
export async function loader({ params }: LoaderFunctionArgs) {
  const found = await feedRows(params.feed ?? '');
  if (!found) throw data(null, { status: 404 });
  // Calendars delete entries that are missing in an answer, so an incomplete one is an error instead.
  if (found.rows.state !== 'fresh') throw data(null, { status: 503 });
  const language = shownOr(found.language);
  return new Response(deadlinesCalendar(found.rows.value, language), {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store' },
  });
}
