import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';
import type { Catalogues } from '~/i18n/read-catalogues';
import { type Text, textsOf } from './texts';

const NAMESPACE = 'urn:oasis:names:tc:xliff:document:2.0';
const SOURCE = 'en';
const ALL_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Returns the note for translators of a text, by `namespace:key`. */
export type ContextOf = (key: string) => string;

/**
 * Writes a language's texts as XLIFF 2.1 (OASIS), for translators' tools: a file for each namespace, a unit for each
 * text and plural form, placeholders as protected elements, and a note on each text's purpose.
 */
export function toXliff(catalogues: Catalogues, language: string, contextOf: ContextOf): string {
  const root = new DOMParser().parseFromString(
    `<xliff xmlns="${NAMESPACE}" version="2.1" srcLang="${SOURCE}" trgLang="${language}"/>`,
    'text/xml',
  );
  const add = (parent: Element, name: string, attributes: Readonly<Record<string, string>> = {}): Element => {
    const made = root.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.appendChild(made);
    return made;
  };
  const fill = (element: Element, text: string): void => {
    text.split(/\{\{(.*?)\}\}/).forEach((part, index) => {
      if (index % 2 === 0) element.appendChild(root.createTextNode(part));
      else add(element, 'ph', { id: String((index + 1) / 2), equiv: part, disp: `{{${part}}}` });
    });
  };
  const whole = root.documentElement;
  if (!whole) throw new Error('an XLIFF document has a root');
  for (const [namespace, catalogue] of Object.entries(catalogues[SOURCE] ?? {})) {
    const file = add(whole, 'file', { id: namespace });
    const own = new Map(textsOf(catalogues[language]?.[namespace]).map((text) => [idOf(text), text.text]));
    for (const text of unitsFor(language, textsOf(catalogue))) {
      const unit = add(file, 'unit', { id: idOf(text), 'xml:space': 'preserve' });
      add(add(unit, 'notes'), 'note').appendChild(root.createTextNode(contextOf(`${namespace}:${text.key}`)));
      const translated = own.get(idOf(text)) ?? '';
      const segment = add(unit, 'segment', { state: translated === '' ? 'initial' : 'translated' });
      fill(add(segment, 'source'), text.text);
      if (translated !== '') fill(add(segment, 'target'), translated);
    }
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/**
 * Reads a language's catalogues from XLIFF, in the form of `locales/<language>/`.
 * @throws Error in words, when the file is not XLIFF 2 or names no language
 */
export function fromXliff(xml: string): { language: string; catalogues: Record<string, Record<string, unknown>> } {
  const whole = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  const language = whole?.getAttribute('trgLang');
  if (whole?.localName !== 'xliff' || !language) throw new Error('this is no XLIFF 2 file with a trgLang');
  const catalogues: Record<string, Record<string, unknown>> = {};
  for (const file of whole.getElementsByTagNameNS(NAMESPACE, 'file')) {
    const catalogue: Record<string, unknown> = {};
    for (const unit of file.getElementsByTagNameNS(NAMESPACE, 'unit')) {
      const target = unit.getElementsByTagNameNS(NAMESPACE, 'target')[0];
      put(catalogue, (unit.getAttribute('id') ?? '').split('.'), target ? textIn(target) : '');
    }
    catalogues[file.getAttribute('id') ?? ''] = catalogue;
  }
  return { language, catalogues };
}

/** English texts in the other language's plural forms. Forms that English lacks get the text of `other`. */
function unitsFor(language: string, texts: readonly Text[]): Text[] {
  const known: readonly string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const forms = ALL_FORMS.filter((form) => known.includes(form));
  const done = new Set<string>();
  return texts.flatMap((text) => {
    if (text.form === null) return [text];
    if (done.has(text.key)) return [];
    done.add(text.key);
    const english = (form: string) => texts.find((one) => one.key === text.key && one.form === form)?.text;
    return forms.map((form) => ({ key: text.key, form, text: english(form) ?? english('other') ?? text.text }));
  });
}

const idOf = ({ key, form }: Text): string => (form === null ? key : `${key}_${form}`);

function textIn(element: Element): string {
  return [...element.childNodes]
    .map((node) =>
      'getAttribute' in node ? `{{${(node as Element).getAttribute('equiv') ?? ''}}}` : (node.nodeValue ?? ''),
    )
    .join('');
}

function put(group: Record<string, unknown>, [first = '', ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    group[first] = text;
    return;
  }
  const inner = group[first];
  const next: Record<string, unknown> =
    typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  group[first] = next;
  put(next, rest, text);
}
