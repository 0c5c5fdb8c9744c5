import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { createTranslate } from './i18n/instance';
import { WordsProvider } from './i18n/use-t';
import { isLanguage } from './model/language';

/** The page's own catalogues: the server named them in the head, so that they load beside the scripts. */
async function catalogues(): Promise<Record<string, Record<string, string>>> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[data-catalogue]')];
  const loaded = await Promise.all(
    links.map(async (link) => [link.dataset.catalogue ?? '', await (await fetch(link.href)).json()] as const),
  );
  return Object.fromEntries(loaded);
}

// Should a catalogue not come, the page stays what it is without scripts: complete, with plain links and forms.
void catalogues().then((words) => {
  const { lang } = document.documentElement;
  if (!isLanguage(lang)) return;
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <WordsProvider language={lang} t={createTranslate(lang, words)}>
          <RemixBrowser />
        </WordsProvider>
      </StrictMode>,
    );
  });
});
