import { besideAnOddRow, mapped, noneInAnotherForm, numberAsText, twice } from './every-backend';
import type { Habits, Row } from './habits';

const isCase = (row: Row) => 'identificatie' in row && 'startdatum' in row;
const isStatus = (row: Row) => 'datumStatusGezet' in row;
const isRole = (row: Row) => 'betrokkeneType' in row;

/** An end that contradicts the rest of a running case, and that nobody may be told. */
const endedOn =
  (day: (startdatum: string) => string) =>
  (row: Row): Row | null =>
    isCase(row) && !row.einddatum && typeof row.startdatum === 'string'
      ? { ...row, einddatum: day(row.startdatum) }
      : null;

const LONG_AHEAD = '2999-12-31';

/** What real case registries and catalogues do. */
export const ZGW_HABITS: Habits = {
  rows: [
    ...noneInAnotherForm(
      ...['omschrijving', 'toelichting', 'einddatum', 'statustoelichting', 'statustekst', 'roltoelichting'],
      ...['voorvoegselGeslachtsnaam', 'voorletters', 'inpBsn', 'anpIdentificatie', 'beginGeldigheid'],
      ...['eindeGeldigheid', 'indicatieMachtiging', 'verlenging', 'resultaat', 'verlengingstermijn', 'servicenorm'],
    ),
    numberAsText('volgnummer', 'count'),
    {
      name: 'a resource that is not there is an object of empties',
      change: (row) => mapped(row, ['verlenging', 'resultaat'], (value) => (value === null ? {} : undefined)),
    },
    {
      name: 'a duration that is not there is a duration of nothing',
      change: (row) =>
        mapped(row, ['verlengingstermijn', 'servicenorm'], (value) => (value === null ? 'P0D' : undefined)),
    },
    {
      name: 'a day is an instant',
      change: (row) =>
        mapped(row, ['startdatum', 'einddatum', 'uiterlijkeEinddatumAfdoening', 'geboortedatum'], (value) =>
          typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T12:00:00+01:00` : undefined,
        ),
    },
    {
      name: 'addresses are those of a gateway',
      change: (row) =>
        mapped(row, ['url', 'zaaktype', 'status', 'statustype', 'zaak'], (value) =>
          typeof value === 'string' && value !== ''
            ? `${value.replace(/^https?:\/\/[^/]+/, 'https://gateway.example')}/`
            : undefined,
        ),
    },
    { name: 'a case ends before it starts', change: endedOn((start) => `1${start.slice(1, 10)}`) },
    { name: 'a case ends long ahead', change: endedOn(() => LONG_AHEAD) },
    {
      name: 'ids are in capitals',
      change: (row) =>
        mapped(row, ['uuid', 'url', 'zaaktype', 'statustype'], (value) =>
          typeof value === 'string' && value !== ''
            ? value.replace(/[0-9a-f-]{36}/g, (id) => id.toUpperCase())
            : undefined,
        ),
    },
  ],
  lists: [
    twice((row) => isCase(row) || isStatus(row) || isRole(row)),
    besideAnOddRow((row) => isStatus(row) || isRole(row)),
    {
      name: 'a step is planned long ahead, and stands first',
      replace: (row) =>
        isStatus(row)
          ? [{ ...row, url: `${row.url}-planned`, datumStatusGezet: `${LONG_AHEAD}T09:00:00Z` }, row]
          : null,
    },
  ],
};
