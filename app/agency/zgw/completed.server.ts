import { config } from '~/config/config.server';
import type { Viewer } from '~/model/viewer';
import { rowsOf } from '../field-values.server';
import { gates } from '../gates.server';
import { idIn, isSameResource } from './address';
import { procedureTypeOf, resultTypeOf, steptypesOf } from './catalogue.server';
import { eigenschapSchema, pageOf, resultaatSchema, rolSchema, statusSchema, type Zaak } from './schema.server';

/** Cases that are completed for one page. More would take too long. */
const MOST = 10;

interface Asking {
  readonly headers: Record<string, string>;
  readonly by?: Viewer;
}

/**
 * Asks the resources that should have come with a case and did not, as some registries expand nothing. A case whose
 * roles can't be had is left out, since nobody could tell whose it is.
 */
export async function completed(zaken: readonly Zaak[], asking: Asking) {
  const bare = new Set(zaken.filter(lacks).slice(0, MOST));
  const missing: string[] = [];
  const rows = await Promise.all(
    zaken.map(async (zaak) => {
      if (!bare.has(zaak)) return lacks(zaak) && zaak._expand.rollen.rows.length === 0 ? null : zaak;
      return withRest(zaak, asking, missing);
    }),
  );
  const whole = rows.filter((row) => row !== null && row._expand.rollen.rows.length > 0);
  if (whole.length < zaken.length) missing.push('a case without roles');
  return { rows: whole.filter((row) => row !== null), missing };
}

const lacks = (zaak: Zaak): boolean =>
  zaak._expand.rollen.rows.length === 0 ||
  zaak._expand.zaaktype === null ||
  (zaak.status !== '' && !zaak._expand.status?._expand) ||
  lacksResult(zaak);

const lacksResult = ({ resultaat, _expand }: Zaak): boolean =>
  resultaat !== '' && !_expand.resultaat?._expand?.resultaattype;

async function withRest(zaak: Zaak, asking: Asking, missing: string[]): Promise<Zaak> {
  const { _expand } = zaak;
  const nothing = _expand.rollen.rows.length === 0 && _expand.zaaktype === null;
  const [rollen, zaaktype, status, resultaat, eigenschappen] = await Promise.all([
    _expand.rollen.rows.length > 0 ? _expand.rollen : rolesOf(zaak, asking),
    _expand.zaaktype ?? procedureTypeOf(zaak.zaaktype),
    _expand.status?._expand || zaak.status === '' ? _expand.status : statusOf(zaak, asking),
    lacksResult(zaak) ? resultOf(zaak, asking) : _expand.resultaat,
    nothing ? propertiesOf(zaak, asking) : _expand.eigenschappen,
  ]);
  if (zaak.status !== '' && !status?._expand) missing.push('the stage of a case');
  if (zaak.resultaat !== '' && !resultaat?._expand) missing.push('the result of a case');
  return { ...zaak, _expand: { ..._expand, rollen, zaaktype, status, resultaat, eigenschappen } };
}

/** Only this of a search: its filter holds the person's number. */
const askingOf = ({ headers, by }: Asking) => ({ headers, ...(by && { by }) });

/** By the address that came with the case, and by our own where it has none or a gateway's host finds nothing. */
async function rolesOf(zaak: Zaak, asking: Asking) {
  const own = `${config().ZAKEN_URL}/zaken/${zaak.uuid}`;
  // An empty filter would find the roles of all cases.
  const given = await rolesAt(zaak.url || own, zaak, asking);
  return given.rows.length > 0 || zaak.url === '' || zaak.url === own ? given : rolesAt(own, zaak, asking);
}

async function rolesAt(address: string, { uuid }: Zaak, asking: Asking) {
  const path = `/rollen?zaak=${encodeURIComponent(address)}`;
  const answer = await gates().cases.ask({ path, ...askingOf(asking), schema: pageOf(rolSchema) });
  if (!answer.ok) return { rows: [], unreadable: 0 };
  const rows = answer.value.results.filter((row) => row !== null);
  // A registry that ignores the filter sends roles of other cases.
  const ofCase = rows.filter(({ zaak }) => zaak === '' || idIn(zaak) === uuid);
  return { rows: ofCase, unreadable: answer.value.results.length - rows.length };
}

async function statusOf(zaak: Zaak, asking: Asking): Promise<Zaak['_expand']['status']> {
  const known = zaak._expand.status;
  const [answer, types] = await Promise.all([
    known ?? gates().cases.ask({ path: `/statussen/${idIn(zaak.status)}`, ...askingOf(asking), schema: statusSchema }),
    steptypesOf(zaak.zaaktype),
  ]);
  const status = 'ok' in answer ? (answer.ok ? answer.value : null) : answer;
  if (!status || types.state === 'unavailable') return null;
  const type = types.value.find(({ url }) => isSameResource(url, status.statustype)) ?? null;
  return { ...status, _expand: type };
}

async function resultOf(zaak: Zaak, asking: Asking): Promise<Zaak['_expand']['resultaat']> {
  const path = `/resultaten/${idIn(zaak.resultaat)}`;
  const known = zaak._expand.resultaat;
  const answer = known ?? (await gates().cases.ask({ path, ...askingOf(asking), schema: resultaatSchema }));
  const result = 'ok' in answer ? (answer.ok ? answer.value : null) : answer;
  const type = result && (await resultTypeOf(result.resultaattype));
  return type && { resultaattype: result.resultaattype, _expand: { resultaattype: type } };
}

async function propertiesOf(zaak: Zaak, asking: Asking) {
  const path = `/zaken/${encodeURIComponent(zaak.uuid)}/zaakeigenschappen`;
  const answer = await gates().cases.ask({ path, ...askingOf(asking), schema: rowsOf(eigenschapSchema) });
  return answer.ok ? answer.value : { rows: [], unreadable: 0 };
}
