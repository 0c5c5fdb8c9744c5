import { wordsIn } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import type { Language } from '~/model/language';

/** How else people reach the agency, and what helps them to be understood. Null: the agency tells nothing of it. */
export function otherWays(language: Language) {
  const { abroad, interpreter, deaf, post, email, form } = config().AGENCY_DIR.contact;
  const inWords = (texts: Parameters<typeof wordsIn>[0]) => wordsIn(texts, language, config());
  return {
    abroad: inWords(abroad),
    interpreter: inWords(interpreter),
    deaf: deaf ? { note: inWords(deaf.note), url: inWords(deaf.url)?.text ?? null } : null,
    email: email ?? null,
    form: inWords(form)?.text ?? null,
    post: post ?? null,
  };
}
