import { wordsIn } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import type { Case } from '~/model/case';
import { isOpen } from '~/model/case-state';
import type { Language } from '~/model/language';
import { meanwhileFor } from '~/model/meanwhile';

/** The agency's answers for the time of waiting, each in the reader's language where the agency has it. */
export const meanwhileView = ({ procedure, current, state }: Case, language: Language) =>
  meanwhileFor(config().AGENCY_DIR.meanwhile, {
    procedure,
    stage: current?.stage ?? null,
    isOpen: isOpen(state),
  }).map(({ topic, texts, url }) => ({
    topic,
    words: wordsIn(texts, language, config()),
    page: wordsIn(url, language, config()),
  }));

export type MeanwhileView = ReturnType<typeof meanwhileView>;
