import { caseOf } from '../../app/agency/zgw/case-of';
import { zaakSchema } from '../../app/agency/zgw/schema.server';
import { DEMO_AGENCY } from './agency';

export const ZONE = 'Europe/Amsterdam';
/** A day on which the zaak runs. */
export const TODAY = '2026-03-02';
export type Json = Record<string, unknown>;

export const STATUSTYPE = {
  url: 'https://c.example/statustypen/3',
  omschrijving: 'In behandeling',
  volgnummer: 3,
  isEindstatus: false,
};
export const STATUS = {
  url: 'https://z.example/statussen/9',
  statustype: STATUSTYPE.url,
  datumStatusGezet: '2026-02-01T09:00:00Z',
};
export const APPLICANT = {
  betrokkeneType: 'natuurlijk_persoon',
  omschrijvingGeneriek: 'initiator',
  betrokkeneIdentificatie: {
    inpBsn: '999990019',
    voornamen: 'Amal',
    voorvoegselGeslachtsnaam: 'el',
    geslachtsnaam: 'Idrissi',
    geboortedatum: '1990-05-01',
  },
};
/** A zaak as a registry sends it, with all expansions that the portal requests. */
export const ZAAK = {
  url: 'https://z.example/zaken/u1',
  uuid: 'u1',
  identificatie: 'ZAAK-2026-1',
  zaaktype: 'https://c.example/zaaktypen/5',
  startdatum: '2026-01-12',
  einddatum: null,
  uiterlijkeEinddatumAfdoening: '2026-04-12',
  verlenging: null,
  opschorting: { indicatie: false, reden: '' },
  kenmerken: [{ kenmerk: '1234567890', bron: 'V-nummer' }],
  _expand: {
    zaaktype: {
      url: 'https://c.example/zaaktypen/5',
      identificatie: 'VVR-GEZIN',
      omschrijving: 'Verblijf bij familie',
      doorlooptijd: 'P90D',
    },
    status: { ...STATUS, _expand: { statustype: STATUSTYPE } },
    rollen: [APPLICANT],
    eigenschappen: [],
  },
};

/** The same zaak with other fields. */
export const zaakWith = (given: Json): Json => ({ ...ZAAK, ...given });
/** The same zaak with other expansions. */
export const expanded = (given: Json): Json => zaakWith({ _expand: { ...ZAAK._expand, ...given } });
/** The case that the portal reads; throws when the schema refuses the zaak. */
export const read = (zaak: Json, today = TODAY) =>
  caseOf(zaakSchema.parse(zaak), { zone: ZONE, today, agency: DEMO_AGENCY });
