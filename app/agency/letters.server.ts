import { z } from 'zod';
import { config } from '~/config/config.server';
import { plainName } from '~/model/agency';
import type { Case } from '~/model/case';
import { formatOf, isDisclosed, type LetterFormat, type LetterRules } from '~/model/letter';
import { fresh, knownValue, type Loaded, unavailable } from '~/model/loaded';
import { dayOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { agencyDay } from '~/platform/clock.server';
import { alarm, log } from '~/platform/log.server';
import { zgwHeaders } from './cases.server';
import { amountOrNone, name, needed, text, textOrNone, wholeOrNone } from './field-values.server';
import type { Gate } from './gate.server';
import { gates } from './gates.server';
import { asOfNow } from './shared-answer.server';
import { idIn } from './zgw/address';
import { documentTypeName } from './zgw/catalogue.server';
import { readPages } from './zgw/pages.server';
import { unpagedOf } from './zgw/schema.server';

/** A letter of a case, as far as its people may know of it. */
export interface Letter {
  /** The registry's id. */
  readonly id: string;
  /** In the agency's own words. */
  readonly title: string;
  /** ISO date of sending, else of writing; null where the registry tells neither. */
  readonly date: string | null;
  readonly bytes: number | null;
  readonly version: number | null;
}

/** The newest documents of a case that are asked for, and how many at once. */
const MOST_DOCUMENTS = 40;
const AT_ONCE = 8;

const linkSchema = z.object({ zaak: text, informatieobject: needed, registratiedatum: text });
const documentSchema = z.object({
  url: text,
  titel: name,
  status: textOrNone,
  vertrouwelijkheidaanduiding: textOrNone,
  informatieobjecttype: text,
  creatiedatum: text,
  verzenddatum: text,
  bestandsomvang: amountOrNone,
  versie: wholeOrNone,
});
const bytesSchema = z.instanceof(Uint8Array);

interface Opened {
  readonly rules: LetterRules;
  readonly documents: Gate;
}

const opened = (): Opened | null => {
  const { letters } = config().AGENCY_DIR;
  const { documents } = gates();
  return letters && documents ? { rules: letters, documents } : null;
};

/** Whether the agency lets people open letters. */
export const hasLetters = (): boolean => opened() !== null;

/** The letters of a case that its people may see now, newest first. The case must come from `casesOf`. */
export async function lettersOf(viewer: Viewer, theCase: Case): Promise<Loaded<Letter[]>> {
  const way = opened();
  if (!way) return fresh([], asOfNow());
  const links = await linksOf(viewer, theCase);
  if (links.state === 'unavailable') return links;
  const asked = links.value.slice(0, MOST_DOCUMENTS);
  const letters: Letter[] = [];
  let failed = 0;
  for (let from = 0; from < asked.length; from += AT_ONCE) {
    const read = await Promise.all(asked.slice(from, from + AT_ONCE).map((id) => letterWith(viewer, way, id)));
    letters.push(...read.flatMap((letter) => (letter.state === 'unavailable' ? [] : (letter.value ?? []))));
    failed += read.filter(({ state }) => state === 'unavailable').length;
  }
  if (failed > 0 && failed === asked.length) return unavailable('failed');
  const value = letters.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  const isWhole = links.state === 'fresh' && failed === 0 && asked.length === links.value.length;
  return isWhole ? fresh(value, asOfNow()) : { state: 'partial', value, asOf: asOfNow(), missing: ['letters'] };
}

export interface LetterFile {
  readonly letter: Letter;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: LetterFormat;
}

/**
 * The file of a letter of this case, checked anew: that it belongs to the case, that it may be seen now, and that its
 * content is of a permitted format. Null: there is no such letter.
 *
 * @param isIt whether a document's id is the one that is asked for
 */
export async function letterFile(
  viewer: Viewer,
  theCase: Case,
  isIt: (id: string) => boolean,
): Promise<Loaded<LetterFile | null>> {
  const way = opened();
  if (!way) return fresh(null, asOfNow());
  const links = await linksOf(viewer, theCase);
  if (links.state === 'unavailable') return links;
  const id = links.value.find(isIt);
  if (id === undefined) return links.state === 'partial' ? unavailable('malformed') : fresh(null, asOfNow());
  const found = await letterWith(viewer, way, id);
  if (found.state === 'unavailable') return found;
  if (!found.value) return fresh(null, asOfNow());
  const { version } = found.value;
  const answer = await way.documents.ask({
    path: `/enkelvoudiginformatieobjecten/${id}/download${version === null ? '' : `?versie=${version}`}`,
    headers: { ...zgwHeaders(viewer), accept: '*/*' },
    schema: bytesSchema,
    bytes: true,
    by: viewer,
  });
  if (!answer.ok) return unavailable(answer.why);
  const bytes = Uint8Array.from(answer.value);
  const format = formatOf(bytes);
  if (bytes.length < (found.value.bytes ?? 0)) {
    log('letter-withheld', { backend: 'documents', outcome: 'cut' }, 'warn');
    return unavailable('malformed');
  }
  if (format === null || !way.rules.formats.includes(format) || bytes.length > way.rules.megabytes * 1_048_576) {
    log('letter-withheld', { backend: 'documents', outcome: format === null ? 'format' : 'rules' }, 'warn');
    return unavailable('malformed');
  }
  return fresh({ letter: found.value, bytes, format }, asOfNow());
}

/** The ids of a case's documents, the newest first. An answer with a document of another case is refused whole. */
async function linksOf(viewer: Viewer, theCase: Case): Promise<Loaded<string[]>> {
  const zaak = theCase.address || `${config().ZAKEN_URL}/zaken/${theCase.id}`;
  const found = await readPages(
    (page) =>
      gates().cases.ask({
        path: `/zaakinformatieobjecten?zaak=${encodeURIComponent(zaak)}${page > 1 ? `&page=${page}` : ''}`,
        headers: zgwHeaders(viewer),
        schema: unpagedOf(linkSchema),
        by: viewer,
      }),
    ({ zaak: of, informatieobject }) => `${of} ${idIn(informatieobject)}`,
  );
  if (!found.ok) return unavailable(found.why);
  const { rows } = found;
  if (rows.some((row) => row.zaak !== '' && idIn(row.zaak) !== theCase.id)) {
    alarm('subject-mismatch', { backend: 'cases' });
    return unavailable('foreign');
  }
  const newest = [...rows].sort((a, b) => b.registratiedatum.localeCompare(a.registratiedatum));
  const ids = [...new Set(newest.map(({ informatieobject }) => idIn(informatieobject)).filter(Boolean))];
  return found.missing.length > 0
    ? { state: 'partial', value: ids, asOf: asOfNow(), missing: ['letters'] }
    : fresh(ids, asOfNow());
}

/** A document as a letter; null for one that its people may not see. */
async function letterWith(viewer: Viewer, { rules, documents }: Opened, id: string): Promise<Loaded<Letter | null>> {
  const answer = await documents.ask({
    path: `/enkelvoudiginformatieobjecten/${id}`,
    headers: zgwHeaders(viewer),
    schema: documentSchema,
    by: viewer,
  });
  if (!answer.ok) {
    // Deleted, or closed to the portal: there is nothing to show.
    return answer.status === 404 || answer.status === 403 ? fresh(null, asOfNow()) : unavailable(answer.why);
  }
  const document = answer.value;
  if (document.url !== '' && idIn(document.url) !== id) return unavailable('malformed');
  const zone = config().AGENCY_ZONE;
  const sentOn = dayOf(document.verzenddatum, zone);
  const typeId = idIn(document.informatieobjecttype);
  const isByName = !rules.types.includes(typeId);
  const typeName = isByName ? await documentTypeName(typeId) : null;
  if (typeName?.state === 'unavailable') return typeName;
  const name = typeName ? knownValue(typeName) : null;
  const registered = {
    status: document.status && plainName(document.status),
    confidentiality: document.vertrouwelijkheidaanduiding && plainName(document.vertrouwelijkheidaanduiding),
    type: [typeId, ...(name ? [plainName(name)] : [])],
    sentOn,
    bytes: document.bestandsomvang,
  };
  if (!isDisclosed(registered, rules, agencyDay())) return fresh(null, asOfNow());
  return fresh(
    {
      id,
      title: document.titel || name || '',
      date: sentOn ?? dayOf(document.creatiedatum, zone),
      bytes: document.bestandsomvang,
      version: document.versie,
    },
    asOfNow(),
  );
}
