import { createHash } from 'node:crypto';
import { HttpResponse, http, type RequestHandler } from 'msw';
import type { CaseFile } from '../world/case-file';
import type { World } from '../world/world';
import { CRS, guarded, idIn, originOf, param } from './call';
import { caseShape, genericOf, propertyShape, resultShape, roleShape, statusShape } from './case-shapes';
import { expandedCase, type Reading, ReadingFailed, readExpand } from './expand';
import { paginated, refuseUnknown } from './page';
import { problem } from './problem';
import { search } from './search';
import { limitsIn } from './token';

const BASE = '*/zaken/api/v1';

/** What a fault may do to the answers about cases. */
export interface CaseSpoiler {
  /** The case that is given out for an id: the fault "foreign" swaps it for another person's. */
  readonly replace: (file: CaseFile) => CaseFile;
  /** The fault "partial": lists break off after their first page. */
  readonly isPartial: () => boolean;
}

/** Cases beside the world's own, which only a list of all cases has. */
export interface Archive {
  readonly receivedIn: (from: string, until: string) => readonly CaseFile[];
  readonly caseWith: (uuid: string) => CaseFile | undefined;
}

const NO_ARCHIVE: Archive = { receivedIn: () => [], caseWith: () => undefined };

/**
 * The part of Zaken 1.5 that a portal reads. Every address in an answer is under the origin that the caller used.
 * @param reading how the registry reads `expand` at the moment
 */
export function zakenHandlers(
  world: World,
  spoiler: CaseSpoiler,
  reading: () => Reading = () => 'both',
  archive: () => Archive = () => NO_ARCHIVE,
): RequestHandler[] {
  const caseAt = (address: string | null) => {
    const id = idIn(address) ?? '';
    return world.caseWith(id) ?? archive().caseWith(id);
  };
  const swap = (file: CaseFile | undefined) => file && spoiler.replace(file);
  return [
    http.post(
      `${BASE}/zaken/_zoek`,
      guarded(true, async (request) => {
        const body: unknown = await request.json().catch(() => null);
        if (typeof body !== 'object' || body === null || Array.isArray(body)) {
          return problem(request, 400, 'De inhoud van het verzoek is geen object.');
        }
        const { subject } = limitsIn(request.headers.get('authorization'));
        if (subject && !asksFor(subject, body)) {
          return problem(request, 403, 'Dit token is voor een ander persoon.', { code: 'permission_denied' });
        }
        const found = searchOrFail(world.cases, { ...body }, reading());
        if (found === 'failed') return problem(request, 500);
        if ('reason' in found) return problem(request, 400, '', { invalidParams: [{ code: 'invalid', ...found }] });
        const files = found.matches.map(spoiler.replace);
        const shape = (file: CaseFile) => expandedCase(file, found.expand, originOf(request));
        const size = Math.min(500, Number(param(request, 'pageSize') ?? '100') || 100);
        if (!spoiler.isPartial() || files.length < 2) return paginated(request, files, shape, size);
        const page = Number(param(request, 'page') ?? '1');
        return page > 1 ? problem(request, 500) : paginated(request, files, shape, Math.ceil(files.length / 2));
      }),
    ),
    http.get(
      `${BASE}/zaken`,
      guarded(true, (request) => {
        const unknown = refuseUnknown(request, [...LIST_FILTERS, 'ordering', 'page', 'pageSize']);
        if (unknown) return unknown;
        const from = param(request, 'startdatum__gte') ?? '';
        const until = param(request, 'startdatum__lt') ?? '9999';
        const isOpen = param(request, 'maximaleVertrouwelijkheidaanduiding') !== null;
        const own = world.cases.filter(
          ({ received, secret }) => from <= received && received < until && !(secret && isOpen),
        );
        const files = [...own.map(spoiler.replace), ...archive().receivedIn(from, until)];
        const size = Math.min(500, Number(param(request, 'pageSize') ?? '100') || 100);
        return paginated(request, files, (file) => caseShape(file, originOf(request)), size);
      }),
    ),
    http.get(
      `${BASE}/zaken/:uuid`,
      guarded(true, (request, uuid) => {
        const file = swap(world.caseWith(uuid));
        const expand = readExpand(param(request, 'expand'));
        if (expand === null) return problem(request, 400, 'Deze waarde kan niet uitgevouwen worden.');
        return tagged(
          request,
          file && (expand.size > 0 ? expandedCase(file, expand, originOf(request)) : bare(file, request)),
        );
      }),
    ),
    http.get(
      `${BASE}/statussen`,
      guarded(false, (request) => {
        const file = swap(caseAt(param(request, 'zaak')));
        const rows = file === undefined ? [] : historyOf(file);
        return (
          refuseUnknown(request, ['zaak', 'statustype', 'indicatieLaatstGezetteStatus', 'page']) ??
          paginated(request, rows, (row) => file && statusShape(file, row, originOf(request)))
        );
      }),
    ),
    http.get(
      `${BASE}/statussen/:uuid`,
      guarded(false, (request, uuid) => {
        const owner = world.cases.find(({ history }) => history.some((row) => row.uuid === uuid));
        const row = owner?.history.find((each) => each.uuid === uuid);
        return tagged(request, owner && row && statusShape(owner, row, originOf(request)));
      }),
    ),
    http.get(
      `${BASE}/rollen`,
      guarded(false, (request) => {
        const file = swap(caseAt(param(request, 'zaak')));
        const generic = param(request, 'omschrijvingGeneriek');
        const rows = (file?.parties ?? []).filter((party) => generic === null || genericOf(party) === generic);
        return (
          refuseUnknown(request, [
            'zaak',
            'betrokkeneType',
            'omschrijving',
            'omschrijvingGeneriek',
            'roltype',
            'page',
          ]) ?? paginated(request, rows, (row) => file && roleShape(file, row, originOf(request)))
        );
      }),
    ),
    http.get(
      `${BASE}/zaken/:uuid/zaakeigenschappen`,
      guarded(false, (request, uuid) => {
        const file = swap(world.caseWith(uuid));
        if (file === undefined) return problem(request, 404);
        return HttpResponse.json(file.properties.map((row) => propertyShape(file, row, originOf(request))));
      }),
    ),
    // Nothing is written here by anybody, but who may only read hears that first.
    ...[http.post, http.put, http.patch, http.delete].map((method) =>
      method(
        `${BASE}/*`,
        guarded(false, (request) => problem(request, 405)),
      ),
    ),
    http.get(
      `${BASE}/resultaten/:uuid`,
      guarded(false, (request, uuid) => {
        const file = swap(world.cases.find(({ result }) => result?.uuid === uuid));
        return tagged(request, file?.result ? resultShape(file, file.result, originOf(request)) : undefined);
      }),
    ),
  ];
}

function searchOrFail(...asked: Parameters<typeof search>) {
  try {
    return search(...asked);
  } catch (error) {
    if (error instanceof ReadingFailed) return 'failed';
    throw error;
  }
}

/** Whether a search names the very person that a token is for. */
function asksFor(subject: string, body: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(body));
  const filter = subject.startsWith('bsn:') ? 'inpBsn' : 'anpIdentificatie';
  return (
    fields.get(`rol__betrokkeneIdentificatie__natuurlijkPersoon__${filter}`) === subject.slice(subject.indexOf(':') + 1)
  );
}

const LIST_FILTERS = ['startdatum__gte', 'startdatum__lt', 'maximaleVertrouwelijkheidaanduiding'];

const bare = (file: CaseFile, request: Request) => ({ ...caseShape(file, originOf(request)), _expand: {} });

/** Newest first; the older system answers oldest first and forgets the present one. */
const historyOf = (file: CaseFile) => (file.quirks ? file.history.slice(0, -1) : file.history.toReversed());

/** One resource with its ETag, 304 where the caller has it already, 404 where there is none. */
function tagged(request: Request, body: object | undefined) {
  if (body === undefined) return problem(request, 404);
  const text = JSON.stringify(body);
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  const headers = { ETag: etag, 'API-version': '1.5.1', 'Content-Crs': CRS, 'content-type': 'application/json' };
  if (request.headers.get('if-none-match') === etag) return new HttpResponse(null, { status: 304, headers });
  return new HttpResponse(text, { headers });
}
