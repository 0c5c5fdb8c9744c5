/** What a message can tell, by what a person may choose: every kind belongs to one topic. */
export const TOPICS = ['tasks', 'visits', 'decision', 'progress', 'access'] as const;
export type Topic = (typeof TOPICS)[number];
