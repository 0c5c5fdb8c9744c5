import type { CaseFile, Party, PartyRole } from '../world/case-file';
import { fullName } from '../world/people';
import { catalogueUrls, type ROLE_NAMES } from './catalogue-shapes';

/** Number of the organisation that answers ("RSIN"); invented. */
const ORGANISATION = '123456782';

/** Absolute addresses of the Zaken API, under the origin that the caller used. */
function caseUrls(origin: string) {
  const base = `${origin}/zaken/api/v1`;
  return {
    case: (file: CaseFile) => `${base}/zaken/${file.uuid}`,
    status: (uuid: string) => `${base}/statussen/${uuid}`,
    role: (party: Party) => `${base}/rollen/${party.uuid}`,
    result: (uuid: string) => `${base}/resultaten/${uuid}`,
    property: (file: CaseFile, uuid: string) => `${base}/zaken/${file.uuid}/zaakeigenschappen/${uuid}`,
  };
}

/** A `Zaak` of Zaken 1.5. Addresses that are not set hold "" as in the field, which is no valid URL. */
export function caseShape(file: CaseFile, origin: string) {
  const urls = caseUrls(origin);
  const current = file.history.at(-1);
  const applicant = file.parties[0]?.person;
  const vNumber = applicant?.vNumber ?? null;
  return {
    url: urls.case(file),
    uuid: file.uuid,
    identificatie: file.reference,
    bronorganisatie: ORGANISATION,
    omschrijving: file.subject.slice(0, 80),
    toelichting: '',
    zaaktype: catalogueUrls(origin).procedure(file.version),
    registratiedatum: file.received,
    verantwoordelijkeOrganisatie: ORGANISATION,
    startdatum: file.received,
    einddatum: file.ended,
    einddatumGepland: file.planned,
    uiterlijkeEinddatumAfdoening: file.decideBy,
    publicatiedatum: null,
    communicatiekanaal: '',
    productenOfDiensten: [],
    vertrouwelijkheidaanduiding: file.secret ? 'geheim' : 'zaakvertrouwelijk',
    betalingsindicatie: current?.step.stage === 'fee' ? 'nog_niet' : 'geheel',
    betalingsindicatieWeergave:
      current?.step.stage === 'fee' ? 'De kosten zijn nog niet betaald.' : 'De kosten zijn geheel betaald.',
    laatsteBetaaldatum: null,
    zaakgeometrie: null,
    verlenging: file.extension === null ? null : { reden: file.extension.reason, duur: file.extension.duration },
    opschorting: { indicatie: file.suspension !== null, reden: file.suspension ?? '' },
    selectielijstklasse: '',
    hoofdzaak: null,
    deelzaken: [],
    relevanteAndereZaken: [],
    eigenschappen: file.properties.map(({ uuid }) => urls.property(file, uuid)),
    rollen: file.parties.map(urls.role),
    status: current === undefined ? null : urls.status(current.uuid),
    zaakinformatieobjecten: [],
    zaakobjecten: [],
    kenmerken: vNumber === null ? [] : [{ kenmerk: `V-${vNumber}`, bron: 'V-nummer' }],
    archiefnominatie: null,
    archiefstatus: 'nog_te_archiveren',
    archiefactiedatum: null,
    resultaat: file.result === null ? null : urls.result(file.result.uuid),
    opdrachtgevendeOrganisatie: '',
    processobjectaard: '',
    startdatumBewaartermijn: null,
    processobject: { datumkenmerk: '', identificatie: '', objecttype: '', registratie: '' },
  };
}

/** A `Status` of Zaken 1.5. */
export function statusShape(file: CaseFile, entry: CaseFile['history'][number], origin: string) {
  const urls = caseUrls(origin);
  return {
    url: urls.status(entry.uuid),
    uuid: entry.uuid,
    zaak: urls.case(file),
    statustype: catalogueUrls(origin).step(entry.step),
    datumStatusGezet: entry.at,
    statustoelichting: '',
    indicatieLaatstGezetteStatus: entry === file.history.at(-1),
    gezetdoor: '',
    zaakinformatieobjecten: [],
  };
}

interface RoleShape {
  /** Name of the role type, one of `ROLE_NAMES`. */
  readonly name: (typeof ROLE_NAMES)[number];
  readonly generic: string;
  readonly authority?: 'gemachtigde' | 'machtiginggever';
  readonly ended?: true;
}

const ROLES: Readonly<Record<PartyRole, RoleShape>> = {
  applicant: { name: 'Aanvrager', generic: 'initiator' },
  family: { name: 'Gezinslid', generic: 'belanghebbende' },
  sponsor: { name: 'Referent', generic: 'belanghebbende' },
  advisor: { name: 'Gemachtigde', generic: 'belanghebbende', authority: 'gemachtigde' },
  representative: { name: 'Wettelijk vertegenwoordiger', generic: 'belanghebbende', authority: 'gemachtigde' },
  'filing-sponsor': { name: 'Referent', generic: 'initiator' },
  'filing-proxy': { name: 'Gemachtigde', generic: 'initiator', authority: 'gemachtigde' },
  client: { name: 'Aanvrager', generic: 'belanghebbende', authority: 'machtiginggever' },
  'former-representative': { name: 'Wettelijk vertegenwoordiger', generic: 'belanghebbende', ended: true },
  adviser: { name: 'Adviseur', generic: 'adviseur' },
  handler: { name: 'Behandelaar', generic: 'behandelaar' },
  contact: { name: 'Klantcontacter', generic: 'klantcontacter' },
};

/** `omschrijvingGeneriek` of a party's role. */
export const genericOf = ({ role }: Party): string => ROLES[role].generic;

/** A `Rol` of Zaken 1.5: a natural person, or the office of an advisor with the advisor as its contact. */
export function roleShape(file: CaseFile, party: Party, origin: string) {
  const { name, generic, authority = '', ended } = ROLES[party.role];
  const { person } = party;
  return {
    url: caseUrls(origin).role(party),
    uuid: party.uuid,
    zaak: caseUrls(origin).case(file),
    betrokkene: '',
    betrokkeneType: person.office === null ? 'natuurlijk_persoon' : 'niet_natuurlijk_persoon',
    afwijkendeNaamBetrokkene: person.otherName,
    roltype: catalogueUrls(origin).role(name),
    omschrijving: name,
    omschrijvingGeneriek: generic,
    roltoelichting: name,
    registratiedatum: file.history[0]?.at ?? `${file.received}T00:00:00Z`,
    indicatieMachtiging: authority,
    // Open Zaak's own fields.
    beginGeldigheid: null,
    eindeGeldigheid: ended ? file.received : null,
    contactpersoonRol:
      person.office === null
        ? null
        : {
            emailadres: `${person.slug}@kantoor.example`,
            functie: 'Advocaat',
            telefoonnummer: '',
            naam: fullName(person),
          },
    statussen: [],
    betrokkeneIdentificatie: identityOf(party),
  };
}

function identityOf({ person }: Party) {
  if (person.office !== null) {
    const { number, name } = person.office;
    return {
      innNnpId: number,
      annIdentificatie: '',
      statutaireNaam: name,
      innRechtsvorm: '',
      bezoekadres: '',
      subVerblijfBuitenland: null,
    };
  }
  return {
    inpBsn: person.bsn ?? '',
    // Only for who has no BSN: one person is known by one of the two numbers.
    anpIdentificatie: person.bsn === null ? (person.vNumber ?? '') : '',
    inpA_nummer: '',
    geslachtsnaam: person.family,
    voorvoegselGeslachtsnaam: person.prefix,
    voorletters: `${[...person.given][0] ?? ''}.`,
    voornamen: person.given,
    geslachtsaanduiding: person.sex,
    geboortedatum: person.born,
    verblijfsadres: null,
    subVerblijfBuitenland: null,
  };
}

/** A `ZaakEigenschap` of Zaken 1.5. */
export function propertyShape(file: CaseFile, property: CaseFile['properties'][number], origin: string) {
  return {
    url: caseUrls(origin).property(file, property.uuid),
    uuid: property.uuid,
    zaak: caseUrls(origin).case(file),
    eigenschap: catalogueUrls(origin).property(property.name),
    naam: property.name,
    waarde: property.value,
  };
}

/** A `Resultaat` of Zaken 1.5. */
export function resultShape(file: CaseFile, result: NonNullable<CaseFile['result']>, origin: string) {
  return {
    url: caseUrls(origin).result(result.uuid),
    uuid: result.uuid,
    zaak: caseUrls(origin).case(file),
    resultaattype: catalogueUrls(origin).result(file.version, result.name),
    toelichting: '',
  };
}
