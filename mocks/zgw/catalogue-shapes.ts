import { RESULT_NAMES, type ResultName } from '../world/case-file';
import type { ProcedureVersion, StepType } from '../world/procedures';
import { uuidOf } from '../world/seed';

/** The role types of every procedure. */
export const ROLE_NAMES = [
  'Aanvrager',
  'Gezinslid',
  'Referent',
  'Gemachtigde',
  'Wettelijk vertegenwoordiger',
  'Adviseur',
  'Behandelaar',
  'Klantcontacter',
] as const;

/** Absolute addresses of the Catalogi API, under the origin that the caller used. */
export function catalogueUrls(origin: string) {
  const base = `${origin}/catalogi/api/v1`;
  return {
    catalogue: `${base}/catalogussen/${uuidOf('catalogus')}`,
    procedure: (version: ProcedureVersion) => `${base}/zaaktypen/${version.uuid}`,
    step: (step: StepType) => `${base}/statustypen/${step.uuid}`,
    result: (version: ProcedureVersion, name: ResultName) => `${base}/resultaattypen/${resultTypeId(version, name)}`,
    role: (name: string) => `${base}/roltypen/${uuidOf('roltype', name)}`,
    property: (name: string) => `${base}/eigenschappen/${uuidOf('eigenschap', name)}`,
    objectType: `${base}/zaakobjecttypen/${uuidOf('zaakobjecttype')}`,
  };
}

export const resultTypeId = (version: ProcedureVersion, name: ResultName) =>
  uuidOf('resultaattype', version.uuid, name);

/** A `ZaakType` of Catalogi 1.3. Fields that are not set hold "", null or [], as real catalogues answer them. */
export function procedureShape(version: ProcedureVersion, origin: string) {
  const urls = catalogueUrls(origin);
  return {
    url: urls.procedure(version),
    identificatie: version.code,
    omschrijving: version.name,
    omschrijvingGeneriek: '',
    vertrouwelijkheidaanduiding: version.internal ? 'geheim' : 'zaakvertrouwelijk',
    doel: 'Beslissen op de aanvraag',
    aanleiding: 'Aanvraag ontvangen',
    toelichting: '',
    indicatieInternOfExtern: version.internal ? 'intern' : 'extern',
    handelingInitiator: 'aanvragen',
    onderwerp: version.name,
    handelingBehandelaar: 'behandelen',
    doorlooptijd: version.term,
    servicenorm: version.serviceNorm,
    opschortingEnAanhoudingMogelijk: true,
    verlengingMogelijk: version.extension !== null,
    verlengingstermijn: version.extension,
    trefwoorden: [],
    publicatieIndicatie: false,
    publicatietekst: '',
    verantwoordingsrelatie: [],
    productenOfDiensten: [],
    selectielijstProcestype: '',
    referentieproces: { naam: version.name, link: '' },
    verantwoordelijke: 'Regulier',
    zaakobjecttypen: [],
    broncatalogus: { url: '', domein: '', rsin: '' },
    bronzaaktype: { url: '', identificatie: '', omschrijving: '' },
    catalogus: urls.catalogue,
    statustypen: version.steps.map(urls.step),
    resultaattypen: RESULT_NAMES.map((name) => urls.result(version, name)),
    eigenschappen: ['reactietermijn', 'gevraagd', 'uitnodiging'].map(urls.property),
    // The published description says string; every implementation answers a list.
    informatieobjecttypen: [],
    roltypen: ROLE_NAMES.map(urls.role),
    besluittypen: [],
    deelzaaktypen: [],
    gerelateerdeZaaktypen: [],
    beginGeldigheid: version.validFrom,
    eindeGeldigheid: version.validUntil,
    beginObject: null,
    eindeObject: null,
    versiedatum: version.validFrom,
    concept: false,
  };
}

/** A `StatusType` of Catalogi 1.3; without `volgnummer` where the catalogue is the older system's. */
export function stepShape(version: ProcedureVersion, step: StepType, origin: string) {
  const urls = catalogueUrls(origin);
  return {
    url: urls.step(step),
    omschrijving: step.name,
    omschrijvingGeneriek: '',
    statustekst: step.text,
    zaaktype: urls.procedure(version),
    catalogus: urls.catalogue,
    zaaktypeIdentificatie: version.code,
    ...(step.order === null ? {} : { volgnummer: step.order }),
    isEindstatus: step.final,
    informeren: true,
    doorlooptijd: step.norm,
    toelichting: null,
    checklistitemStatustype: [],
    eigenschappen: [],
    beginGeldigheid: version.validFrom,
    eindeGeldigheid: version.validUntil,
    beginObject: null,
    eindeObject: null,
    zaakobjecttype: urls.objectType,
  };
}

/** A `ResultaatType` of Catalogi 1.3. */
export function resultTypeShape(version: ProcedureVersion, name: ResultName, origin: string) {
  const urls = catalogueUrls(origin);
  const lists = `${origin}/referentielijsten/api/v1`;
  return {
    url: urls.result(version, name),
    zaaktype: urls.procedure(version),
    zaaktypeIdentificatie: version.code,
    omschrijving: name,
    resultaattypeomschrijving: `${lists}/resultaattypeomschrijvingen/${uuidOf('omschrijving', name)}`,
    omschrijvingGeneriek: name === 'Ingewilligd' ? 'Toegekend' : name === 'Afgewezen' ? 'Afgewezen' : 'Afgebroken',
    selectielijstklasse: `${lists}/resultaten/${uuidOf('selectielijst', name)}`,
    toelichting: '',
    archiefnominatie: 'vernietigen',
    archiefactietermijn: 'P10Y',
    brondatumArchiefprocedure: null,
    procesobjectaard: '',
    catalogus: urls.catalogue,
    beginGeldigheid: version.validFrom,
    eindeGeldigheid: version.validUntil,
    beginObject: null,
    eindeObject: null,
    indicatieSpecifiek: null,
    procestermijn: null,
    besluittypen: [],
    besluittypeOmschrijving: [],
    informatieobjecttypen: [],
    informatieobjecttypeOmschrijving: [],
    zaakobjecttypen: [],
  };
}
