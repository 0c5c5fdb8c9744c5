import type { Translate } from '~/i18n/keys';
import type { Language } from '~/model/language';
import type { Config } from './config.server';
import { logoPicture } from './theme.server';

/** A page of the agency. The name may be in the agency's own language, when it has none in the reader's. */
export interface AgencyPage {
  readonly name: string;
  readonly url: string;
  readonly language: Language;
}

/** What the frame of every page shows of the agency. */
export function agencyView(config: Config, language: Language, t: Translate) {
  const { AGENCY_NAME: name, AGENCY_PHONE: phone } = config;
  const { links } = config.AGENCY_DIR;
  const ours = (
    [
      ['common:about', links.about],
      ['common:privacy', links.privacy],
      ['common:cookies', links.cookies],
      ['common:complaints', links.complaints],
    ] as const
  ).flatMap(([key, addresses]) => {
    const url = wordsIn(addresses, language, config)?.text;
    return url ? [{ name: t(key), url, language }] : [];
  });
  const more = links.more.flatMap((page) => pageIn(page, language, config) ?? []);
  const statement = wordsIn(links.accessibility, language, config);
  return {
    name,
    phone,
    logo: logoPicture(config)?.address ?? null,
    /** Its own statement; null: the portal's counts. */
    accessibility: statement?.text ?? null,
    links: [...ours, ...more],
  };
}

/** The independent body for complaints; null when the agency names none. */
export const complaintsPage = (config: Config, language: Language): AgencyPage | null =>
  config.AGENCY_DIR.complaints ? pageIn(config.AGENCY_DIR.complaints, language, config) : null;

/** The ways to sign in, with the agency's words for their buttons. */
export const signInWays = (config: Config, language: Language) =>
  config.PROVIDERS.map(({ name, texts }) => {
    const words = wordsIn(texts, language, config);
    return { name, label: words?.text ?? name, language: words?.language ?? language };
  });

type InLanguages = Readonly<Partial<Record<Language, string>>>;

function pageIn(
  { name, url }: { readonly name: InLanguages; readonly url: InLanguages },
  language: Language,
  config: Config,
): AgencyPage | null {
  const [words, address] = [wordsIn(name, language, config), wordsIn(url, language, config)];
  return words && address ? { name: words.text, url: address.text, language: words.language } : null;
}

/** Words in the reader's language, else in the agency's default language, else in its own, else in the first. */
export function wordsIn(texts: InLanguages, language: Language, { AGENCY_DIR }: Config) {
  const order = [language, AGENCY_DIR.language, AGENCY_DIR.ownLanguage, ...AGENCY_DIR.languages];
  const first = order.find((one) => texts[one] !== undefined);
  return first === undefined ? null : { language: first, text: texts[first] ?? '' };
}
