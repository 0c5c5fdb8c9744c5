import { setTimeout as sleep } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { isShown, procedureIn } from '~/model/agency';
import type { CourseFacts } from '~/model/case-course';
import type { Trouble } from '~/model/loaded';
import { addDays, dayOf } from '~/model/time';
import { type Answer, openGate, type Question } from './gate.server';
import { wayOut } from './way-out.server';
import { idIn } from './zgw/address';
import { reachedStepOf, type StepRules } from './zgw/case-of';
import { askProcedureType, steptypesOf } from './zgw/catalogue.server';
import { type RowsFound, readPages, UNREADABLE_ROW } from './zgw/pages.server';
import { pageOf, type Status, statusSchema, type Zaak, type Zaaktype, zaakSchema } from './zgw/schema.server';
import { HIGHEST, SHOWN_LEVELS } from './zgw/search.server';
import { zgwToken } from './zgw/token.server';

/** Cases received from one day up to another, exclusive. ISO dates. */
export interface CaseWindow {
  readonly from: string;
  readonly until: string;
}

/** A case that was read for counting. */
export interface ReadCase {
  readonly procedure: string;
  /** The term of its type in days; null without one. */
  readonly termDays: number | null;
  /** Null when its steps can't be read whole, and for one that is past. */
  readonly facts: CourseFacts | null;
  /** It ended before the weeks that are counted. */
  readonly isPast: boolean;
}

export interface WindowRead {
  /** False: the list has gaps that a shorter window may close. */
  readonly whole: boolean;
  readonly cases: readonly ReadCase[];
  /** Gaps in the list: cases that can't be read, and at least one for pages that do not fit together. */
  readonly gaps: number;
}

/** The registry could not be asked any longer. What was counted is kept. */
export class RegistryUnavailable extends Error {
  constructor(readonly why: Trouble) {
    super(
      why === 'refused'
        ? 'The case registry refuses a list of cases; the client needs the scope zaken.lezen'
        : `The case registry did not answer (${why})`,
    );
  }
}

export interface CourseReader {
  /**
   * Of a list with gaps no case is read, unless the window is one day.
   * @throws RegistryUnavailable, or the signal's reason
   */
  readWindow(window: CaseWindow, signal: AbortSignal): Promise<WindowRead>;
  readonly requests: number;
  close(): Promise<void>;
}

export interface ReaderOptions {
  /** ISO date: cases that ended before are not read further. */
  readonly since: string;
  /** Requests a second at most. */
  readonly rate: number;
  /** Milliseconds before a failed request is sent again; doubled each time. */
  readonly retryMs?: number;
}

/** Requests at the same time. */
const AT_ONCE = 6;
const ATTEMPTS = 6;
const RETRY_MS = 1_000;
/** Pages of one window, which is a day at the least. */
const LIMITS = { maxPages: 100, maxRequests: 400 };

/**
 * Reads cases and their statuses straight from the registry, for counts only: no name, number or text of a person is
 * parsed into what it returns. It has a gate of its own, so that pages never wait for it.
 */
export function openCourseReader({ since, rate, retryMs = RETRY_MS }: ReaderOptions): CourseReader {
  const { ZAKEN_URL } = config();
  const gate = openGate({
    name: 'counting',
    baseUrl: ZAKEN_URL,
    ...wayOut('cases', ZAKEN_URL),
    attemptMs: 10_000,
    maxBytes: 4_194_304,
    connections: AT_ONCE,
  });
  const pace = createPace(rate);
  let requests = 0;
  const list: ListForm = { ordered: true };

  /** Asks until there is an answer that asking again would not change. */
  async function ask<T>(question: Question<T>, signal: AbortSignal): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt += 1) {
      await pace(signal);
      requests += 1;
      const answer = await gate.ask(question);
      if (answer.ok || (answer.why !== 'down' && answer.why !== 'late' && answer.why !== 'failed')) {
        if (answer.ok || answer.retryAfter === undefined) return answer;
      }
      if (attempt >= ATTEMPTS) throw new RegistryUnavailable(answer.why);
      const waitMs = answer.retryAfter === undefined ? retryMs * 2 ** (attempt - 1) : 1_000 * answer.retryAfter;
      await sleep(waitMs, undefined, { signal });
    }
  }

  return {
    async readWindow(window, signal) {
      const found = await zakenIn(ask, window, list, signal);
      if (!found.ok) throw new RegistryUnavailable(found.why);
      const whole = found.missing.every((one) => one === UNREADABLE_ROW);
      const gaps = found.missing.length;
      if (!whole && !isDay(window)) return { whole, cases: [], gaps };
      // A registry that ignores the filter sends cases of other windows, which are counted there.
      const rows = found.rows.filter(isIn(window)).filter(isForApplicants);
      const cases = await eachOf(rows, AT_ONCE, (zaak) => readCase(ask, zaak, since, signal));
      return { whole, cases: cases.filter((one) => one !== null), gaps };
    },
    get requests() {
      return requests;
    },
    close: () => gate.close(),
  };
}

type Ask = <T>(question: Question<T>, signal: AbortSignal) => Promise<Answer<T>>;

const headers = () => ({
  authorization: `Bearer ${zgwToken('portal', 'statistics; read; counts only')}`,
  'accept-crs': 'EPSG:4326',
});

/** `ordered` is false once the registry refused an order, as those of older versions of the standard do. */
interface ListForm {
  ordered: boolean;
}

function zakenIn(ask: Ask, { from, until }: CaseWindow, form: ListForm, signal: AbortSignal): Promise<RowsFound<Zaak>> {
  const pageOfList = (page: number, size: number | null) => {
    const query = new URLSearchParams({
      startdatum__gte: from,
      startdatum__lt: until,
      maximaleVertrouwelijkheidaanduiding: HIGHEST,
      ...(form.ordered && { ordering: 'startdatum' }),
      ...(page > 1 && { page: String(page) }),
      ...(size !== null && { pageSize: String(size) }),
    });
    return ask({ path: `/zaken?${query}`, headers: headers(), schema: pageOf(zaakSchema) }, signal);
  };
  return readPages(
    async (page, size) => {
      const answer = await pageOfList(page, size);
      if (answer.ok || answer.status !== 400 || !form.ordered) return answer;
      form.ordered = false;
      return pageOfList(page, size);
    },
    ({ uuid }) => uuid,
    LIMITS,
  );
}

/** A case with its steps; null for one of a type that the agency's folder does not name. */
async function readCase(ask: Ask, zaak: Zaak, since: string, signal: AbortSignal): Promise<ReadCase | null> {
  const { AGENCY_ZONE: zone, AGENCY_DIR: agency } = config();
  const type = await typeOf(zaak);
  const rule = type ? procedureIn(agency, type.identificatie) : null;
  if (!type || !rule || !isShown(agency, { procedure: rule.key }) || isInternal(type)) return null;
  const received = dayOf(zaak.startdatum, zone) ?? zaak.startdatum;
  const ended = dayOf(zaak.einddatum, zone);
  const termDays =
    type.doorlooptijd === null
      ? null
      : Math.round(Temporal.Duration.from(type.doorlooptijd).total({ unit: 'days', relativeTo: since }));
  const known = { procedure: rule.key, termDays };
  if (ended !== null && received <= ended && ended < since) return { ...known, facts: null, isPast: true };
  const steps = await stepsOf(ask, zaak, { agency, procedure: rule }, signal);
  return { ...known, facts: steps && { received, ended, steps }, isPast: false };
}

/** Null for a type that the catalogue does not have. */
async function typeOf({ zaaktype }: Zaak): Promise<Zaaktype | null> {
  const loaded = await askProcedureType(zaaktype);
  if (loaded.state !== 'unavailable') return loaded.value;
  if (loaded.why !== 'refused' && loaded.why !== 'malformed') throw new RegistryUnavailable(loaded.why);
  return null;
}

/** All steps of a case; null when one of them can't be read or is of no known type. */
async function stepsOf(ask: Ask, zaak: Zaak, rules: StepRules, signal: AbortSignal) {
  const [statuses, types] = await Promise.all([statusesOf(ask, zaak, signal), steptypesOf(zaak.zaaktype)]);
  if (types.state === 'unavailable' && types.why !== 'malformed') throw new RegistryUnavailable(types.why);
  if (!statuses || types.state === 'unavailable') return null;
  const byId = new Map(types.value.map((type, index) => [idIn(type.url), { type, index }]));
  const { AGENCY_ZONE } = config();
  const steps = statuses.map((status) => {
    const known = byId.get(idIn(status.statustype));
    return known ? reachedStepOf(status, known.type, known.index, AGENCY_ZONE, rules) : null;
  });
  const whole = steps.filter((step) => step !== null);
  return whole.length === steps.length ? whole : null;
}

/** Null when the list is not whole. Some registries leave the present status out of it, so that one is asked by itself. */
async function statusesOf(ask: Ask, zaak: Zaak, signal: AbortSignal): Promise<readonly Status[] | null> {
  const own = `${config().ZAKEN_URL}/zaken/${zaak.uuid}`;
  let found = await statusesAt(ask, zaak.url || own, signal);
  if (zaak.url !== '' && zaak.url !== own && !(found.ok && found.rows.length > 0))
    found = await statusesAt(ask, own, signal);
  if (!found.ok || found.missing.length > 0) return null;
  // A registry that ignores the filter sends statuses of other cases.
  const rows = found.rows.filter(({ zaak: of }) => of === '' || idIn(of) === zaak.uuid);
  const current = idIn(zaak.status);
  if (current === '' || rows.some(({ url }) => idIn(url) === current)) return rows;
  const answer = await ask({ path: `/statussen/${current}`, headers: headers(), schema: statusSchema }, signal);
  return answer.ok ? [...rows, answer.value] : null;
}

const statusesAt = (ask: Ask, address: string, signal: AbortSignal) =>
  readPages<Status>(
    (page) =>
      ask(
        {
          path: `/statussen?zaak=${encodeURIComponent(address)}${page > 1 ? `&page=${page}` : ''}`,
          headers: headers(),
          schema: pageOf(statusSchema),
        },
        signal,
      ),
    ({ url, statustype, datumStatusGezet }) => idIn(url) || `${idIn(statustype)} ${datumStatusGezet}`,
  );

const isDay = ({ from, until }: CaseWindow): boolean => addDays(from, 1) >= until;

function isIn({ from, until }: CaseWindow) {
  const { AGENCY_ZONE } = config();
  return ({ startdatum }: Zaak): boolean => {
    const day = dayOf(startdatum, AGENCY_ZONE) ?? '';
    return from <= day && day < until;
  };
}

const isForApplicants = ({ vertrouwelijkheidaanduiding }: Zaak): boolean =>
  SHOWN_LEVELS.has(vertrouwelijkheidaanduiding.toLowerCase());

const isInternal = ({ indicatieInternOfExtern }: Zaaktype): boolean =>
  indicatieInternOfExtern.toLowerCase() === 'intern';

/** Lets one caller pass after another, at most `rate` a second. */
function createPace(rate: number): (signal: AbortSignal) => Promise<void> {
  const gapMs = 1_000 / rate;
  let next = 0;
  return async (signal) => {
    signal.throwIfAborted();
    const at = Math.max(next, performance.now());
    next = at + gapMs;
    const waitMs = at - performance.now();
    if (waitMs > 1) await sleep(waitMs, undefined, { signal });
  };
}

/** Does the work for each item, some at the same time. Results keep the order. */
async function eachOf<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of left) {
      if (failed) return;
      results[index] = await work(item).catch((error) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
