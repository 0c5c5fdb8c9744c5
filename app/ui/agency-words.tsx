import { useWords } from '~/i18n/use-t';
import { directionOf } from '~/model/language';

/** The agency's own words, in the language of its registry. */
export function AgencyWords({ text }: { readonly text: string }) {
  const { ownLanguage } = useWords();
  return (
    <bdi lang={ownLanguage} dir={directionOf(ownLanguage)}>
      {text}
    </bdi>
  );
}
