import { type ReactElement, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { LIVING_HOLD } from '~/appointment/hold/hold-form';
import { LIVING_SEARCH } from '~/appointment/search/search';
import { LIVING_CASE } from './case/living-case';
import { LIVING_CONTACT } from './contact/living-contact';
import { createTranslate } from './i18n/instance';
import { isLanguage } from './model/language';
import type { LivingPart } from './ui/living';
import { ID_PREFIX, LivingRoot } from './ui/living-root';

/** Every part that may live. Their props are what the server wrote into the page. */
const PARTS: readonly LivingPart<never>[] = [LIVING_CASE, LIVING_CONTACT, LIVING_SEARCH, LIVING_HOLD];

/** The page's own catalogues: the server named them, so that they load beside the scripts. */
async function catalogues(): Promise<Record<string, Record<string, string>>> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[data-catalogue]')];
  const loaded = await Promise.all(
    links.map(async (link) => [link.dataset.catalogue ?? '', await (await fetch(link.href)).json()] as const),
  );
  return Object.fromEntries(loaded);
}

/** Brings the page's living part to life; all else in the page stays what the server sent. */
async function live(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-living]');
  const part = PARTS.find(({ name }) => name === place?.dataset.living);
  const { lang } = document.documentElement;
  if (!place || !part || !isLanguage(lang)) return;
  const props: object = JSON.parse(document.getElementById('living-props')?.textContent ?? '');
  const t = createTranslate(lang, await catalogues());
  // Its type is lost on the way; the server wrote them for this very part.
  const Component = part.Component as (props: object) => ReactElement;
  hydrateRoot(
    place,
    <StrictMode>
      <LivingRoot language={lang} t={t}>
        <Component {...props} />
      </LivingRoot>
    </StrictMode>,
    { identifierPrefix: ID_PREFIX },
  );
}

// Should a catalogue not come, the page stays what it is without scripts: complete, with plain links and forms.
void live();
