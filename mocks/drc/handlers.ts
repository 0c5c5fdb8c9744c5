import { HttpResponse, http, type RequestHandler } from 'msw';
import type { CaseFile } from '../world/case-file';
import { guarded, idIn, originOf, param } from '../zgw/call';
import { problem } from '../zgw/problem';
import { type CaseDocument, DOCUMENT_TYPES, documentsOf, documentTypeId } from './documents';

const BASE = '*/documenten/api/v1/enkelvoudiginformatieobjecten';

interface Documents {
  /** The cases as they are now. */
  readonly cases: () => readonly CaseFile[];
  /** Changes a document before it is given out, for a test. */
  readonly changed: (document: CaseDocument) => CaseDocument;
}

/** The part of Documenten 1.4 that a portal reads, and where a case and its documents are joined. */
export function documentHandlers({ cases, changed }: Documents): RequestHandler[] {
  const find = (uuid: string) =>
    cases()
      .flatMap(documentsOf)
      .map(changed)
      .find((document) => document.uuid === uuid);
  return [
    http.get(
      '*/zaken/api/v1/zaakinformatieobjecten',
      guarded(false, (request) => {
        const id = idIn(param(request, 'zaak'));
        const file = cases().find(({ uuid }) => uuid === id);
        const origin = originOf(request);
        // Not paginated, unlike all other lists.
        return HttpResponse.json(
          (file ? documentsOf(file) : []).map(({ uuid, title, written }) => ({
            url: `${origin}/zaken/api/v1/zaakinformatieobjecten/${uuid}`,
            uuid,
            informatieobject: `${origin}/documenten/api/v1/enkelvoudiginformatieobjecten/${uuid}`,
            zaak: `${origin}/zaken/api/v1/zaken/${id}`,
            aardRelatieWeergave: 'Hoort bij, omgekeerd: kent',
            titel: title,
            beschrijving: '',
            registratiedatum: `${written}T09:00:00Z`,
            vernietigingsdatum: null,
            status: null,
          })),
        );
      }),
    ),
    http.get(
      '*/catalogi/api/v1/informatieobjecttypen/:uuid',
      guarded(false, (request, uuid) => {
        const type = DOCUMENT_TYPES.find((each) => documentTypeId(each) === uuid);
        if (!type) return problem(request, 404);
        const url = `${originOf(request)}/catalogi/api/v1/informatieobjecttypen/${uuid}`;
        return HttpResponse.json({ url, omschrijving: type, vertrouwelijkheidaanduiding: 'zaakvertrouwelijk' });
      }),
    ),
    http.get(
      `${BASE}/:uuid`,
      guarded(false, (request, uuid) => {
        const found = find(uuid);
        return found ? HttpResponse.json(documentShape(found, originOf(request))) : problem(request, 404);
      }),
    ),
    http.get(
      `${BASE}/:uuid/download`,
      guarded(false, (request, uuid) => {
        const found = find(uuid);
        if (!found) return problem(request, 404);
        return new HttpResponse(new Uint8Array(found.content), {
          headers: {
            'content-type': 'application/octet-stream',
            'content-disposition': `attachment; filename="${found.fileName}"`,
          },
        });
      }),
    ),
  ];
}

function documentShape(document: CaseDocument, origin: string) {
  const { uuid, type, title, fileName, status, confidentiality, written, sent, content } = document;
  const url = `${origin}/documenten/api/v1/enkelvoudiginformatieobjecten/${uuid}`;
  return {
    url,
    identificatie: `DOCUMENT-${uuid.slice(0, 8)}`,
    bronorganisatie: '123456782',
    creatiedatum: written,
    titel: title,
    vertrouwelijkheidaanduiding: confidentiality,
    auteur: 'Behandelaar',
    status,
    formaat: 'application/pdf',
    taal: 'nld',
    versie: 1,
    beginRegistratie: `${written}T09:00:00Z`,
    bestandsnaam: fileName,
    inhoud: `${url}/download?versie=1`,
    bestandsomvang: document.told ?? content.length,
    link: '',
    beschrijving: '',
    ontvangstdatum: null,
    verzenddatum: sent,
    indicatieGebruiksrecht: null,
    ondertekening: { soort: '', datum: null },
    integriteit: { algoritme: '', waarde: '', datum: null },
    informatieobjecttype: `${origin}/catalogi/api/v1/informatieobjecttypen/${documentTypeId(type)}`,
    locked: false,
    bestandsdelen: [],
  };
}
