import { textsOf } from '~/commands/texts';
import type { Catalogues } from '~/i18n/read-catalogues';

/** language → word of officialese → its plain word. */
export type PlainWords = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** In words. A sentence of level B1 has about ten. */
const LONGEST_SENTENCE = 20;

/** Checks the languages of the list for officialese and long sentences. Returns one line a fault. */
export function checkPlainness(catalogues: Catalogues, plainWords: PlainWords): string[] {
  return Object.entries(plainWords).flatMap(([language, words]) =>
    Object.entries(catalogues[language] ?? {}).flatMap(([namespace, catalogue]) =>
      textsOf(catalogue).flatMap(({ key, text }) => {
        const where = `${language}/${namespace}:${key}`;
        return [
          ...Object.entries(words)
            .filter(([word]) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu').test(text))
            .map(([word, plain]) => `${where} says "${word}"; plainly: ${plain}`),
          ...sentencesOf(text)
            .filter((sentence) => wordsIn(sentence) > LONGEST_SENTENCE)
            .map((sentence) => `${where} has a sentence of ${wordsIn(sentence)} words: ${sentence}`),
        ];
      }),
    ),
  );
}

const sentencesOf = (text: string): string[] => text.split(/(?<=[.?!:])\s+/);

/** A placeholder counts as one word. */
const wordsIn = (sentence: string): number => sentence.match(/\{\{.*?\}\}|[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
