import { HttpResponse, http, type RequestHandler } from 'msw';
import { RESULT_NAMES } from '../world/case-file';
import { ALL_VERSIONS } from '../world/procedures';
import { guarded, idIn, originOf, param } from './call';
import { procedureShape, resultTypeId, resultTypeShape, stepShape } from './catalogue-shapes';
import { paginated, refuseUnknown } from './page';
import { problem } from './problem';

const BASE = '*/catalogi/api/v1';

/** The part of Catalogi 1.3 that a portal reads: procedures, their steps and their results. */
export function catalogiHandlers(): RequestHandler[] {
  const steps = ALL_VERSIONS.flatMap((version) => version.steps.map((step) => ({ version, step })));
  const results = ALL_VERSIONS.flatMap((version) => RESULT_NAMES.map((name) => ({ version, name })));
  return [
    http.get(
      `${BASE}/zaaktypen`,
      guarded(false, (request) => {
        const code = param(request, 'identificatie');
        const known = ['identificatie', 'catalogus', 'status', 'datumGeldigheid', 'page'];
        const found = ALL_VERSIONS.filter((version) => code === null || version.code === code);
        return (
          refuseUnknown(request, known) ?? paginated(request, found, (each) => procedureShape(each, originOf(request)))
        );
      }),
    ),
    http.get(
      `${BASE}/zaaktypen/:uuid`,
      guarded(false, (request, uuid) => {
        const found = ALL_VERSIONS.find((version) => version.uuid === uuid);
        return one(request, found && procedureShape(found, originOf(request)));
      }),
    ),
    http.get(
      `${BASE}/statustypen`,
      guarded(false, (request) => {
        const wanted = idIn(param(request, 'zaaktype'));
        const found = steps.filter(({ version }) => wanted === null || version.uuid === wanted);
        return (
          refuseUnknown(request, ['zaaktype', 'zaaktypeIdentificatie', 'status', 'datumGeldigheid', 'page']) ??
          paginated(request, found, ({ version, step }) => stepShape(version, step, originOf(request)))
        );
      }),
    ),
    http.get(
      `${BASE}/statustypen/:uuid`,
      guarded(false, (request, uuid) => {
        const found = steps.find(({ step }) => step.uuid === uuid);
        return one(request, found && stepShape(found.version, found.step, originOf(request)));
      }),
    ),
    http.get(
      `${BASE}/resultaattypen`,
      guarded(false, (request) => {
        const wanted = idIn(param(request, 'zaaktype'));
        const found = results.filter(({ version }) => wanted === null || version.uuid === wanted);
        return (
          refuseUnknown(request, ['zaaktype', 'zaaktypeIdentificatie', 'status', 'datumGeldigheid', 'page']) ??
          paginated(request, found, ({ version, name }) => resultTypeShape(version, name, originOf(request)))
        );
      }),
    ),
    http.get(
      `${BASE}/resultaattypen/:uuid`,
      guarded(false, (request, uuid) => {
        const found = results.find(({ version, name }) => resultTypeId(version, name) === uuid);
        return one(request, found && resultTypeShape(found.version, found.name, originOf(request)));
      }),
    ),
  ];
}

const one = (request: Request, body: object | undefined) =>
  body === undefined ? problem(request, 404) : HttpResponse.json(body, { headers: { 'API-version': '1.3.1' } });
