import { z } from 'zod';
import { config } from '~/config/config.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import type { Language } from '~/model/language';
import { CLIENT_KINDS, type ClientListQuery, SORTS } from '~/model/mandate-clients';
import { OUTCOMES } from '~/model/meaning';
import { seal, unseal } from '~/store/seal.server';
import { sealingKeys } from '~/store/store.server';

/** A withdrawal is no decision, so no row has it as its outcome. */
export const SHOWN_OUTCOMES = OUTCOMES.filter((outcome) => outcome !== 'withdrawn');
export const procedures = () => procedureKeys(config().AGENCY_DIR);
export const stages = () => stageKeys(config().AGENCY_DIR);

const LONGEST_SEARCH = 80;
const FILTERS = ['task', 'procedure', 'stage', 'outcome', 'colleague', 'changed', 'sort'] as const;

/** Parses the list's address; anything invalid is ignored. */
export function wishOf(search: URLSearchParams, actorId: string): ClientListQuery {
  const known = <T extends string>(all: readonly T[], name: string): T | null =>
    all.find((one) => one === search.get(name)) ?? null;
  return {
    search: openSearch(search.get('find') ?? '', actorId),
    procedure: known(procedures(), 'procedure'),
    stage: known(stages(), 'stage'),
    task: known(CLIENT_KINDS, 'task'),
    outcome: known(SHOWN_OUTCOMES, 'outcome'),
    lawyer: search.get('colleague') || null,
    onlyChanged: search.has('changed'),
    sort: known(SORTS, 'sort') ?? 'need',
  };
}

/**
 * The list's address after its form was sent, or null when it is that already. What was searched may be a client's name,
 * so it is sealed: addresses are kept in histories and bookmarks.
 */
export function addressAfterForm(search: URLSearchParams, actorId: string, language: Language): string | null {
  const typed = search.get('q');
  if (typed === null) return null;
  return addressWith(new URLSearchParams([...search, ['find', sealedSearch(typed, actorId)]]), language);
}

/** What was searched, as an address may hold it. */
export function sealedSearch(typed: string, actorId: string): string {
  const text = typed.trim().slice(0, LONGEST_SEARCH);
  return text && seal(text, contextOf(actorId), sealingKeys()).toString('base64url');
}

/** The address of a list with these filters; unknown ones are dropped. */
function addressWith(search: URLSearchParams, language: Language): string {
  const kept = new URLSearchParams();
  for (const name of ['find', ...FILTERS]) {
    const value = search.getAll(name).at(-1) ?? '';
    if (/^[\w-]{1,400}$/.test(value) && !(name === 'sort' && value === 'need')) kept.set(name, value);
  }
  return `/${language}/advisor${kept.size > 0 ? `?${kept}` : ''}`;
}

/** The list's filters as a client's page carries them, so that its way back keeps them; "" without any. */
export const carried = (search: URLSearchParams, language: Language): string => {
  const [, query] = addressWith(search, language).split('?');
  return query ? `?${new URLSearchParams({ list: query })}` : '';
};

/** The list from which a client's page was opened. */
export const listBefore = (request: Request, language: Language): string =>
  addressWith(new URLSearchParams(new URL(request.url).searchParams.get('list') ?? ''), language);

export function openSearch(sealed: string, actorId: string): string {
  const text = unseal(Buffer.from(sealed, 'base64url'), contextOf(actorId), sealingKeys());
  return z.string().max(LONGEST_SEARCH).catch('').parse(text);
}

/** An address that is passed on opens nothing for another. */
const contextOf = (actorId: string): string => `search ${actorId}`;
