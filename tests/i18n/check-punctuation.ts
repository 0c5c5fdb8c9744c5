import { textsOf } from '~/commands/texts';
import type { Catalogues } from '~/i18n/read-catalogues';

/** language → a sign that is easily mistyped, and what the language uses instead. */
const FOREIGN_SIGNS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  ar: [[/[?,;]/u, '؟ ، ؛']],
  fa: [
    [/[?,;]/u, '؟ ، ؛'],
    [/(?<![\p{L}\d-])\d/u, '۰–۹'],
  ],
  ti: [[/[,;:]|\.(?=\s|$)/u, '፣ ፤ ፦ ።']],
  zh: [[/[?!,;:()]|\.(?=\s|$)/u, '？！，；：（）。']],
  de: [[/[”"]/u, '„…“']],
  fr: [[/ [?!;:»]|« /u, 'a no-break space before ? ! ; : » and after «']],
  es: [[/^[^¿]*\?|^[^¡]*!/u, '¿ …? ¡ …!']],
};

/** Keys whose text a program reads: the semicolons separate columns. */
const FOR_PROGRAMS = ['mandate:advisor.csvHead'];

/** Finds punctuation and digits of another language. Returns one line a fault. */
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
