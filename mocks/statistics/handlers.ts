import { HttpResponse, http } from 'msw';
import { PROCEDURE_RULES } from './agency';
import { OFFICE_SEED, type Outlook, StatisticsOffice } from './office';

export interface StatisticsState {
  readonly now: () => Date;
  /** The bearer token that a caller must send. */
  readonly token: string;
  readonly seed?: number;
}

/** The agency's statistics API (docs/contracts/statistics.yaml), from a simulation. */
export function statisticsHandlers({ now, token, seed = OFFICE_SEED }: StatisticsState) {
  const office = new StatisticsOffice(seed);
  const refused = (request: Request): Response | null =>
    request.headers.get('authorization') === `Bearer ${token}`
      ? null
      : problem(401, 'Unauthorized', 'A bearer token is needed.', { 'www-authenticate': 'Bearer' });

  return [
    http.get('*/statistics/v1/procedures', ({ request }) => {
      const no = refused(request);
      if (no) return no;
      return HttpResponse.json({
        asOf: office.asOf(now()),
        procedures: PROCEDURE_RULES.map(({ procedure, stages, termDays }) => ({
          procedure,
          stages: Object.keys(stages),
          publishedTermDays: termDays,
        })),
      });
    }),
    http.get('*/statistics/v1/tables/:procedure', async ({ request, params }) => {
      const no = refused(request);
      if (no) return no;
      return jsonOr404(await office.tables(String(params.procedure), now()), String(params.procedure));
    }),
    http.get('*/statistics/v1/projections/:procedure', async ({ request, params }) => {
      const no = refused(request);
      if (no) return no;
      const outlook = outlookOf(new URL(request.url).searchParams);
      if (!outlook) {
        return problem(400, 'Bad Request', 'weeks must be 1 to 52, inflow and capacity from 0.1 to 5.');
      }
      return jsonOr404(await office.projection(String(params.procedure), now(), outlook), String(params.procedure));
    }),
  ];
}

function jsonOr404(body: string | undefined, procedure: string): Response {
  if (body === undefined) return problem(404, 'Not Found', `There is no procedure "${procedure}".`);
  return new HttpResponse(body, { headers: { 'content-type': 'application/json' } });
}

function outlookOf(query: URLSearchParams): Outlook | null {
  const weeks = Number(query.get('weeks') ?? 13);
  const inflow = Number(query.get('inflow') ?? 1);
  const capacity = Number(query.get('capacity') ?? 1);
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > 52) return null;
  if (![inflow, capacity].every((factor) => factor >= 0.1 && factor <= 5)) return null;
  return { weeks, inflow, capacity };
}

function problem(status: number, title: string, detail: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  return new HttpResponse(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}
