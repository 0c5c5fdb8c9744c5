import { HttpResponse } from 'msw';
import { problem } from './problem';

const PAGE_SIZE = 100;

/** One page of a list, with links to its neighbours; 404 beyond the last page, as the field answers it. */
export function paginated<T>(request: Request, all: readonly T[], shape: (item: T) => unknown, size = PAGE_SIZE) {
  const url = new URL(request.url);
  const page = Number(url.searchParams.get('page') ?? '1');
  const pages = Math.max(1, Math.ceil(all.length / size));
  if (!Number.isInteger(page) || page < 1 || page > pages) return problem(request, 404, 'Ongeldige pagina.');
  const link = (to: number) => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return target.toString();
  };
  return HttpResponse.json(
    {
      count: all.length,
      next: page < pages ? link(page + 1) : null,
      previous: page > 1 ? link(page - 1) : null,
      results: all.slice((page - 1) * size, page * size).map(shape),
    },
    { headers: { 'API-version': '1.5.1' } },
  );
}

/** A 400 that names the query parameters which an endpoint does not know, or null where all are known. */
export function refuseUnknown(request: Request, known: readonly string[]) {
  const unknown = [...new URL(request.url).searchParams.keys()].filter((name) => !known.includes(name));
  if (unknown.length === 0) return null;
  const invalidParams = unknown.map((name) => ({
    name: 'nonFieldErrors',
    code: 'unknown-parameters',
    reason: `Onbekende query parameters: ${name}`,
  }));
  return problem(request, 400, '', { invalidParams });
}
