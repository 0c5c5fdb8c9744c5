import { type ReactElement, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { LIVING_HOLD } from '~/appointment/hold/hold-form';
import { LIVING_SEARCH } from '~/appointment/search/search';
import { LIVING_CASE } from './case/living-case';
import { LIVING_CONTACT } from './contact/living-contact';
import { createTranslate } from './i18n/instance';
import { isLanguage } from './model/language';
import type { DraftValues } from './ui/draft';
import type { LivingPart } from './ui/living';
import { ID_PREFIX, LivingRoot } from './ui/living-root';

/** Every part that can be hydrated. The server wrote its props into the page. */
const PARTS: readonly LivingPart<never>[] = [LIVING_CASE, LIVING_CONTACT, LIVING_SEARCH, LIVING_HOLD];

/** The page's catalogues: the server named them, so that they load beside the scripts. */
async function catalogues(): Promise<Record<string, Record<string, string>>> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[data-catalogue]')];
  const loaded = await Promise.all(
    links.map(async (link) => [link.dataset.catalogue ?? '', await (await fetch(link.href)).json()] as const),
  );
  return Object.fromEntries(loaded);
}

/** Hydrates the page's living part; the rest stays as the server sent it. */
async function live(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-living]');
  const part = PARTS.find(({ name }) => name === place?.dataset.living);
  const { lang, dataset } = document.documentElement;
  if (!place || !part || !isLanguage(lang)) return;
  const { props, draft }: { props: object; draft: DraftValues | null } = JSON.parse(
    document.getElementById('living-props')?.textContent ?? '',
  );
  const t = createTranslate(lang, await catalogues());
  const own = dataset.ownLanguage;
  // The type is lost in the HTML; the server wrote the props for this part.
  const Component = part.Component as (props: object) => ReactElement;
  hydrateRoot(
    place,
    <StrictMode>
      <LivingRoot language={lang} t={t} ownLanguage={isLanguage(own) ? own : lang} draft={draft}>
        <Component {...props} />
      </LivingRoot>
    </StrictMode>,
    { identifierPrefix: ID_PREFIX },
  );
}

// Without a catalogue the page stays as it is without scripts: complete, with plain links and forms.
void live();
