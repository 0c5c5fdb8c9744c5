import { createInstance, type FormatterModule, type Resource } from 'i18next';
import type { Language } from '~/model/language';
import type { Translate } from './keys';
import { numbersOf } from './numbers';

/**
 * A translator over one language's catalogues. It caches texts without placeholders: i18next spreads its options at
 * every call, which took most of the time of a page with 200 texts.
 */
export function createTranslate(language: Language, catalogues: Resource[string]): Translate {
  const instance = createInstance().use(numbersInTexts(language));
  void instance.init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: catalogues },
    ns: Object.keys(catalogues),
    defaultNS: false,
    interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes
    returnNull: false,
    initAsync: false,
  });
  const known = new Map<string, string>();
  return (key, values) => {
    if (values) return instance.t(key, values);
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const text = instance.t(key);
    known.set(key, text);
    return text;
  };
}

/** i18next's own formatter does nothing to a number without a format. */
function numbersInTexts(language: Language): FormatterModule {
  const write = numbersOf(language);
  return {
    type: 'formatter',
    init: () => {},
    add: () => {},
    addCached: () => {},
    format: (value: unknown) => (typeof value === 'number' ? write(value) : (value as string)),
  };
}
