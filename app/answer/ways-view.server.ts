import type { Language } from '~/model/language';
import { addressFor, type Way } from '~/model/ways';

/**
 * Ways as a component renders them.
 *
 * @param task names the button of a page of the agency
 * @param link the case's own page for this; it comes first
 */
export function waysView(
  ways: readonly Way[],
  task: 'papers' | 'pay' | 'visit' | 'cannotCome' | 'other',
  reference: string,
  language: Language,
  link: string | null = null,
) {
  const own: Way[] = link ? [{ kind: 'online', url: link, procedures: [], note: {} }] : [];
  const all = [...own, ...ways.filter(({ kind }) => link === null || kind !== 'online')];
  return { task, reference, list: all.map((way) => wayView(way, reference, language)) };
}

export type WaysView = ReturnType<typeof waysView>;

function wayView(way: Way, reference: string, language: Language) {
  const words = way.note[language];
  const text = words ?? way.note.nl;
  const note = text === undefined ? null : { text, isOwn: words === undefined };
  if (way.kind === 'online') {
    const url = addressFor(way.url, reference);
    return { key: url, kind: way.kind, url, note };
  }
  if (way.kind === 'phone') return { key: way.number, kind: way.kind, number: way.number, note };
  const lines = linesOf(way);
  return { key: `${way.kind} ${lines.join(' ')}`, kind: way.kind, lines, note };
}

export type WayView = ReturnType<typeof wayView>;

function linesOf(way: Exclude<Way, { readonly kind: 'online' | 'phone' }>): string[] {
  switch (way.kind) {
    case 'post':
      return [...way.address];
    case 'email':
      return [way.address];
    case 'transfer':
      return [way.name, way.iban, ...(way.bic ? [`BIC ${way.bic}`] : [])];
    case 'desk':
      return [];
  }
}
