/** A text that somebody else wrote, with the language that it is in (BCP 47). */
export interface ForeignText {
  readonly text: string;
  readonly lang: string;
}

/** One text in some languages, by their codes. */
export type TextIn = Readonly<Record<string, string>>;

/** How to get to a desk and into it, as the agency knows it. What is left out is not known, and nothing is said of it. */
export interface DeskAccess {
  readonly stepFree?: boolean | undefined;
  readonly lift?: boolean | undefined;
  readonly quietRoom?: boolean | undefined;
  readonly transport?: TextIn | undefined;
  readonly parking?: TextIn | undefined;
}

export const ACCESS_ITEMS = ['stepFree', 'steps', 'lift', 'noLift', 'quietRoom'] as const;
export type AccessItem = (typeof ACCESS_ITEMS)[number];

/** What is said of the building. That there is no quiet room helps nobody. */
export function itemsOf({ stepFree, lift, quietRoom }: DeskAccess): AccessItem[] {
  const said: Readonly<Record<AccessItem, boolean>> = {
    stepFree: stepFree === true,
    steps: stepFree === false,
    lift: lift === true,
    noLift: lift === false,
    quietRoom: quietRoom === true,
  };
  return ACCESS_ITEMS.filter((item) => said[item]);
}

/** A text as a reader gets it: in his language, else in English, else in Dutch, else as it is there. */
export function textFor(language: string, texts: TextIn | undefined): ForeignText | null {
  const lang = [language, 'en', 'nl', ...Object.keys(texts ?? {})].find((each) => texts?.[each]);
  const text = lang && texts?.[lang];
  return lang && text ? { text, lang } : null;
}

/** What a planner says of its desk, without mark-up, each text once. Null where it says nothing. */
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
