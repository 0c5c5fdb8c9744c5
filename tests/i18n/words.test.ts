import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { contextOf, pathsTo, withoutContext } from '~/commands/context-of';
import { textsOf } from '~/commands/texts';
import { readCatalogues } from '~/i18n/read-catalogues';
import { LANGUAGES } from '~/model/language';
import { checkGlossary } from './check-glossary';
import { checkDuties, checkForbiddenWords, checkQuotedNames, type ForbiddenWords } from './check-meaning';
import { checkPlainness } from './check-plainness';
import { checkPunctuation } from './check-punctuation';

const catalogues = readCatalogues('locales');
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('Dutch, English and German avoid officialese and sentences over twenty words', () => {
  const plainWords = json('locales/plain-words.json') as Parameters<typeof checkPlainness>[1];
  expect(checkPlainness(catalogues, plainWords)).toEqual([]);
});

test('officialese and a long sentence are faults', () => {
  const long = `${Array.from({ length: 21 }, (_, n) => `word${n}`).join(' ')}.`;
  const faults = checkPlainness(
    { nl: { case: { a: 'Indien u komt.', b: long, c: 'Als u komt.' } } },
    { nl: { indien: 'als' } },
  );
  expect(faults).toEqual([
    'nl/case:a says "indien"; plainly: als',
    expect.stringContaining('nl/case:b has a sentence of 21 words'),
  ]);
});

test('every language has its own punctuation and digits', () => {
  expect(checkPunctuation(catalogues)).toEqual([]);
});

test('only foreign signs are faults, not placeholders or separators', () => {
  const faults = checkPunctuation({
    ar: { case: { a: 'متى?', b: 'متى؟' }, mandate: { advisor: { csvHead: 'a;b' } } },
    es: { case: { a: 'Listo. Cuándo?', b: 'Listo. ¿Cuándo?' } },
    fa: { case: { a: '8 نفر', b: 'SHA-256', c: '{{count}} نفر' } },
    fr: { case: { a: 'Quand ?', b: 'Quand\u202f?' } },
  });
  expect(faults).toEqual([
    expect.stringContaining('ar/case:a'),
    expect.stringContaining('fa/case:a'),
    expect.stringContaining('fr/case:a'),
    expect.stringContaining('es/case:a'),
  ]);
});

test('no text points at a place or denies a deadline', () => {
  const forbidden = json('locales/forbidden-words.json') as ForbiddenWords;
  expect(checkForbiddenWords(catalogues, forbidden)).toEqual([]);
});

test('a forbidden word is a fault, but not within another', () => {
  const faults = checkForbiddenWords(
    { es: { case: { a: 'Vea abajo.', b: 'Su trabajo' } }, zh: { case: { a: '见下方。' } } },
    { es: ['abajo'], zh: ['下方'] },
  );
  expect(faults).toEqual(['es/case:a says "abajo": Vea abajo.', 'zh/case:a says "下方": 见下方。']);
});

// A look may be hidden from its person for a while, so no page may deny that somebody looks.
test('no text says that nobody sees or looked at a file', () => {
  const denies = /\b(nobody|no one|niemand)\b[^.]*\b(see|sees|look|looks|looked|zien|ziet|kijkt|keek)\b/i;
  const found = (['en', 'nl'] as const).flatMap((language) =>
    ['audit', 'case', 'helpdesk', 'mandate'].flatMap(
      (name) => denies.exec(JSON.stringify(catalogues[language]?.[name] ?? {}))?.[0] ?? [],
    ),
  );
  expect(found).toEqual([]);
});

test('a duty says must, and its last day', () => {
  expect(checkDuties(catalogues)).toEqual([]);
});

test('a duty without must or without its day is a fault', () => {
  const next = {
    payUntil: 'Pay by {{date}}.',
    sendUntil: 'You must send it by {{date}}.',
    go: 'You must go by the day.',
  };
  expect(checkDuties({ en: { case: { next } } })).toEqual([
    expect.stringContaining('case:next.payUntil does not say "must"'),
    expect.stringContaining('case:next.go gives no date'),
  ]);
});

test('a quoted page or button has the name that it has', () => {
  expect(checkQuotedNames(catalogues)).toEqual([]);
});

test('a quoted name that differs from the page’s is a fault', () => {
  const faults = checkQuotedNames({
    en: { case: { name: 'My file', look: 'See “My file”.' } },
    nl: { case: { name: 'Mijn dossier', look: 'Kijk onder “Dossier”.' } },
  });
  expect(faults).toEqual([expect.stringContaining('nl/case:look does not quote its own name for "My file"')]);
});

test('each language says who has read it', () => {
  const readers = z
    .record(z.string(), z.strictObject({ nativeReader: z.string().min(1).nullable(), read: z.string().min(1) }))
    .parse(json('locales/readers.json'));
  expect(Object.keys(readers).sort()).toEqual([...LANGUAGES].sort());
});

const glossarySchema = z.record(
  z.string(),
  z.strictObject({
    meaning: z.string().min(1),
    terms: z.record(
      z.string(),
      z.strictObject({
        term: z.string().min(1),
        forms: z.array(z.string().min(1)).optional(),
        source: z.string().min(1),
        never: z.array(z.string().min(1)).optional(),
        not: z.array(z.string()).optional(),
      }),
    ),
  }),
);

test('a term is usual, or a quote from its source has it', () => {
  const plain = (text: string) => text.toLowerCase().replaceAll('’', "'");
  const unfounded = Object.entries(glossarySchema.parse(json('locales/glossary.json'))).flatMap(
    ([concept, { terms }]) =>
      Object.entries(terms)
        .filter(([, { term, forms = [], source }]) => {
          const quoted = /^[^“]+: “(.+)”$/.exec(source)?.[1] ?? '';
          return source !== 'usual' && ![term, ...forms].some((form) => plain(quoted).includes(plain(form)));
        })
        .map(([language, { source }]) => `${concept} in ${language}: ${source}`),
  );
  expect(unfounded).toEqual([]);
});

test('every text uses the terms of the glossary', () => {
  expect(checkGlossary(glossarySchema.parse(json('locales/glossary.json')), catalogues)).toEqual([]);
});

test('another word is a fault; a bent form or exception is not', () => {
  const glossary = {
    decision: {
      meaning: 'the answer',
      terms: {
        en: { term: 'decision', source: 'usual' },
        nl: { term: 'besluit', forms: ['beslissing'], source: 'usual', not: ['case:c'] },
      },
    },
  };
  const texts = (a: string, b: string, c: string) => ({ case: { a, b, c } });
  const faults = checkGlossary(glossary, {
    en: texts('Your decision', 'Two decisions', 'The decision'),
    nl: texts('Uw uitspraak', 'Twee beslissingen', 'Het antwoord'),
  });
  expect(faults).toEqual(['nl/case:a does not say "besluit" (decision): Uw uitspraak']);
});

test('a ruled-out synonym is a fault, except where it means something else', () => {
  const glossary = {
    reference: {
      meaning: 'number of the application',
      terms: {
        en: { term: 'reference', source: 'usual' },
        nl: { term: 'zaaknummer', source: 'usual', never: ['kenmerk'], not: ['case:c'] },
      },
    },
  };
  const faults = checkGlossary(glossary, {
    en: { case: { a: 'Your number', b: 'Your reference', c: 'How to know it' } },
    nl: { case: { a: 'Uw Kenmerk', b: 'Uw zaaknummer', c: 'De kenmerken' } },
  });
  expect(faults).toEqual(['nl/case:a says "kenmerk"; the glossary has "zaaknummer": Uw Kenmerk']);
});

const context = z.record(z.string(), z.string().min(1)).parse(json('locales/context.json'));
const englishTexts = Object.entries(catalogues.en ?? {}).flatMap(([namespace, catalogue]) =>
  textsOf(catalogue).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
);
const keys = englishTexts.map(({ key }) => key);

test('every text has a note more specific than its namespace’s', () => {
  expect(withoutContext(context, keys)).toEqual([]);
});

test('every placeholder has a note', () => {
  const toldOf = contextOf(context);
  const untold = englishTexts.flatMap(({ key, text }) =>
    (text.match(/\{\{.*?\}\}/g) ?? []).filter((held) => !toldOf(key).includes(held)).map((held) => `${key} ${held}`),
  );
  expect(untold).toEqual([]);
});

test('no note is left of a removed text', () => {
  const paths = new Set(keys.flatMap((key) => [...pathsTo(key)]));
  expect(Object.keys(context).filter((path) => !paths.has(path))).toEqual([]);
});
