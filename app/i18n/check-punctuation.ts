import type { Catalogues } from './check-catalogues';
import { textsOf } from './texts';

/** language → what a translator's keyboard gives too easily, and what that language writes instead. */
const FOREIGN_SIGNS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ar: [[/[?,;]/u, '؟ ، ؛']],
  fa: [
    [/[?,;]/u, '؟ ، ؛'],
    [/(?<![\p{L}\d-])\d/u, '۰–۹'],
  ],
  ti: [[/[,;:]|\.(?=\s|$)/u, '፣ ፤ ፦ ።']],
  zh: [[/[?!,;:()]|\.(?=\s|$)/u, '？！，；：（）。']],
  fr: [[/ [?!;:»]|« /u, 'a no-break space before ? ! ; : » and after «']],
  es: [[/^[^¿]*\?|^[^¡]*!/u, '¿ …? ¡ …!']],
};

/** Keys whose text is read by a program: the semicolons part columns. */
const FOR_PROGRAMS = ['mandate:advisor.csvHead'];

/** Where a text has punctuation or digits of another language than its own, one line a fault. */
export function checkPunctuation(catalogues: Catalogues): string[] {
  return Object.entries(FOREIGN_SIGNS).flatMap(([language, signs]) =>
    Object.entries(catalogues[language] ?? {}).flatMap(([namespace, catalogue]) =>
      textsOf(catalogue)
        .filter(({ key }) => !FOR_PROGRAMS.includes(`${namespace}:${key}`))
        .flatMap(({ key, text }) =>
          signs
            .filter(([foreign]) => foreign.test(text.replace(/\{\{.*?\}\}/g, '…')))
            .map(([, own]) => `${language}/${namespace}:${key} should have ${own}: ${text}`),
        ),
    ),
  );
}
