import type { Catalogues } from './check-catalogues';

/** Letters that can still be read, and that no real text has. */
const PLAIN = 'aeioucnsyAEIOUCNSY';
const MARKED = 'áéíóúçñšýÁÉÍÓÚÇÑŠÝ';

/** What longer languages need beyond English. */
const LONGER = 0.4;

/** An English text as no language has it: accents, 40 % longer, in brackets that show where it was clipped. */
export function pseudo(text: string): string {
  const parts = text.trimEnd().split(/(\{\{.*?\}\})/);
  const letters = parts.filter((part) => !part.startsWith('{{')).join('').length;
  const marked = parts.map((part) => (part.startsWith('{{') ? part : [...part].map(markedLetter).join('')));
  const space = text.slice(text.trimEnd().length);
  return `⟦${marked.join('')}${' lóng'.repeat(Math.ceil((letters * LONGER) / 5))}⟧${space}`;
}

/** Whole catalogues of such texts. */
export function pseudoCatalogues(english: Catalogues[string]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(Object.entries(english).map(([name, catalogue]) => [name, eachText(catalogue)]));
}

function eachText(group: unknown): Record<string, unknown> {
  const entries = typeof group === 'object' && group !== null ? Object.entries(group) : [];
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? pseudo(value) : eachText(value)]),
  );
}

const markedLetter = (letter: string): string => MARKED[PLAIN.indexOf(letter)] ?? letter;
