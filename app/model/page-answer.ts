/** The kinds of pages that ask whether they answered the reader's question. */
export const ASKING_PAGES = ['case', 'wait', 'contact', 'booking'] as const;
export type AskingPage = (typeof ASKING_PAGES)[number];

/** What readers miss: when they will hear, what they must do and how, words that they understand. */
export const MISSING = ['when', 'what', 'words'] as const;

/** What a reader can tap. Who says "no" may then say what is missing, which is counted apart. */
export const PAGE_ANSWERS = ['yes', 'no', ...MISSING] as const;
export type PageAnswer = (typeof PAGE_ANSWERS)[number];

/** What is counted: nothing about the reader, their session or their case but its kind. */
export interface AnsweredPage {
  readonly page: AskingPage;
  /** Keys of the agency's folder; null: the page is about none. */
  readonly procedure: string | null;
  readonly stage: string | null;
}
