/** A text in a language of its own (BCP 47), which need not be the page's. */
export interface ForeignText {
  readonly text: string;
  readonly lang: string;
}

/** One text in several languages, by language code. */
export type Translations = Readonly<Record<string, string>>;

/** How to reach a desk and enter it. A field left out is unknown, and nothing is said of it. */
export interface DeskAccess {
  readonly stepFree?: boolean | undefined;
  readonly lift?: boolean | undefined;
  readonly quietRoom?: boolean | undefined;
  readonly transport?: Translations | undefined;
  readonly parking?: Translations | undefined;
}

export const ACCESS_ITEMS = ['stepFree', 'steps', 'lift', 'noLift', 'quietRoom'] as const;
export type AccessItem = (typeof ACCESS_ITEMS)[number];

/** The items to mention. A missing quiet room is not worth a mention. */
export function accessItems({ stepFree, lift, quietRoom }: DeskAccess): AccessItem[] {
  const applies: Readonly<Record<AccessItem, boolean>> = {
    stepFree: stepFree === true,
    steps: stepFree === false,
    lift: lift === true,
    noLift: lift === false,
    quietRoom: quietRoom === true,
  };
  return ACCESS_ITEMS.filter((item) => applies[item]);
}

/** The text in the reader's language, else English, else Dutch, else any. */
export function textFor(language: string, texts: Translations | undefined): ForeignText | null {
  const lang = [language, 'en', 'nl', ...Object.keys(texts ?? {})].find((each) => texts?.[each]);
  const text = lang && texts?.[lang];
  return lang && text ? { text, lang } : null;
}

/** A planner's notes on its desk without markup or duplicates; null when there are none. */
export function notesFrom(texts: readonly (string | null | undefined)[], lang: string): ForeignText[] | null {
  const plain = texts.map((text) =>
    (text ?? '')
      .replace(/<\/?(p|br|div|li|ul|ol|h\d)\b[^>]*>|&nbsp;/gi, ' ')
      .replace(/<[^>]*>/g, '')
      .replace(/&amp;/g, '&')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  const notes = [...new Set(plain)].filter((text) => text !== '');
  return notes.length > 0 ? notes.map((text) => ({ text, lang })) : null;
}
