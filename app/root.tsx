import type { ReactNode } from 'react';
import { agencyView } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import { themeSheet } from '~/config/theme.server';
import { agencyDay } from '~/platform/clock.server';
import type { AskedAbout } from './effect/page-answer.server';
import { PageAnswerForm } from './effect/page-answer-form';
import signedIn from './enhance/signed-in?inline-script';
import touches from './enhance/touches?inline-script';
import type { LoaderFunctionArgs } from './framework/node.server';
import {
  isRouteErrorResponse,
  Outlet,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from './framework/react';
import { OpenCallBar } from './helpdesk/open-call';
import { openCallOf } from './helpdesk/open-call.server';
import { translatorOf } from './i18n/catalogues.server';
import { formatsOf } from './i18n/format.server';
import { languageOfPage } from './i18n/request-language.server';
import { shownLanguages } from './i18n/shown-languages.server';
import { useWords } from './i18n/use-t';
import { actingOn } from './identity/arranging.server';
import { draftOf } from './identity/draft.server';
import { isFormTaken, sessionOf } from './identity/session.server';
import { sessionEnd } from './identity/session-end.server';
import { LOST_FORM, OTHERS_FORM } from './identity/way-back.server';
import { AccessGuard } from './mandate/access-guard';
import { directionOf, LANGUAGES } from './model/language';
import { draftOwner, formOwnerMark, holderOf } from './platform/pseudonym.server';
import { DraftProvider } from './ui/draft';
import { FormOwnerProvider } from './ui/form-owner';
import { Frame } from './ui/frame';
import { InlineScript } from './ui/inline-script';
import { LivingScripts, Reloaders } from './ui/living';
import { Lost } from './ui/lost';
import { useNonce } from './ui/nonce';
import { Notice } from './ui/notice';
import { OwnLetters } from './ui/own-letters';
import type { PageHandle } from './ui/page-handle';
import { SessionEndDelay, SessionEndWarning } from './ui/session-end';
import stylesheet from './ui/zicht.css?url';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const { ORIGIN, QUICK_EXIT_URL, local } = config();
  // Without the store the page is rendered without its signed-in part.
  const session = await sessionOf(request).catch(() => null);
  const { pathname, searchParams } = new URL(request.url);
  const isTaken = isFormTaken();
  if (isTaken) searchParams.delete(LOST_FORM);
  const lost = session && searchParams.get(LOST_FORM);
  const maySeeDraft = session?.hasDrafts || lost === OTHERS_FORM;
  const draft = session && maySeeDraft ? await draftOf(draftOwner(holderOf(session.signedIn)), pathname) : null;
  const acting = session && (await actingOn(request, session.signedIn, language));
  return {
    draft,
    unsent:
      lost === OTHERS_FORM ? ('other' as const) : draft ? ('back' as const) : lost === null ? null : ('lost' as const),
    // The address of a form that was taken may still say that an earlier one was lost.
    query: isTaken && searchParams.size > 0 ? `?${searchParams}` : isTaken ? '' : null,
    formOwner: session && formOwnerMark(session.signedIn),
    role: session?.signedIn.role ?? null,
    /** The name of whom the person acts for, "" for one without; null when they act for themselves. */
    actsFor: acting?.name ?? session?.signedIn.represented?.name ?? null,
    /** For a page of a client on which an advisor acts: the address that answers as long as the mandate stands. */
    alive: acting?.alive ?? null,
    isShared: session?.isShared ?? false,
    exit: QUICK_EXIT_URL,
    openCall: session && (await openCallOf(session, language).catch(() => null)),
    sessionEnd: session && sessionEnd(session, language, 30),
    agency: {
      ...agencyView(config(), language, translatorOf(language)),
      today: formatsOf(language).date(agencyDay()),
    },
    languages: shownLanguages(),
    demo: local,
    origin: ORIGIN,
    description: translatorOf(language)('home:lead'),
    theme: themeSheet(config())?.address ?? null,
  };
}

export function Layout({ children }: { readonly children: ReactNode }) {
  const { language, t, ownLanguage } = useWords();
  const nonce = useNonce();
  const { pathname, search } = useLocation();
  const frame = useRouteLoaderData<typeof loader>('root');
  const matches = useMatches();
  const fault = useRouteError();
  const failed = fault != null;
  const last = matches.at(-1);
  const handle = (last?.handle ?? {}) as PageHandle;
  const title = failed ? t(`trouble:${kindOf(fault)}.title`) : textIn(last?.data, 'title');
  const style = textIn(last?.data, 'style');
  const asked = askedIn(last?.data);
  // Without its data an error page can only offer all languages.
  const languages = frame?.languages ?? LANGUAGES;
  const rest = pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '') + (frame?.query ?? search);
  return (
    <html
      lang={language}
      dir={directionOf(language)}
      data-shared={frame?.isShared ? '' : undefined}
      data-own-language={ownLanguage}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title ? `${title} · ${t('common:name')}` : t('common:name')}</title>
        <link rel="stylesheet" href={stylesheet} />
        {frame?.theme ? <link rel="stylesheet" href={frame.theme} /> : null}
        <OwnLetters language={language} />
        {style && !failed ? <style nonce={nonce}>{style}</style> : null}
        {frame?.sessionEnd && !failed ? <SessionEndDelay end={frame.sessionEnd} nonce={nonce} /> : null}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icon-192.png" />
        <link rel="manifest" href={`/${language}/manifest.webmanifest`} />
        {frame?.role ? (
          <meta name="robots" content="noindex" />
        ) : (
          <>
            {frame ? <meta name="description" content={frame.description} /> : null}
            {languages.map((other) => (
              <link key={other} rel="alternate" hrefLang={other} href={`${frame?.origin ?? ''}/${other}${rest}`} />
            ))}
          </>
        )}
        {frame?.role ? <InlineScript code={signedIn} /> : null}
        <Reloaders />
      </head>
      <body>
        <Frame
          language={language}
          rest={rest}
          role={frame?.role ?? null}
          actsFor={frame?.actsFor ?? null}
          exit={frame?.exit ?? ''}
          languages={languages}
          agency={frame?.agency ?? null}
          demo={frame?.demo ?? false}
          foot={asked && !failed ? <PageAnswerForm asked={asked} {...answeredAt(pathname, search)} /> : null}
          above={
            frame?.openCall && !failed ? (
              <FormOwnerProvider value={frame.formOwner}>
                <OpenCallBar call={frame.openCall} path={rest.replace(/\?.*/, '')} />
              </FormOwnerProvider>
            ) : null
          }
        >
          {frame?.alive && !failed ? <AccessGuard alive={frame.alive} /> : null}
          {frame?.unsent && !failed ? <Notice tone="care" live text={t(`identity:draft.${frame.unsent}`)} /> : null}
          <DraftProvider value={frame?.draft ?? null}>
            <FormOwnerProvider value={frame?.formOwner ?? null}>{children}</FormOwnerProvider>
          </DraftProvider>
        </Frame>
        {handle.touches && !failed ? <InlineScript code={touches} /> : null}
        {frame?.sessionEnd && !failed ? <SessionEndWarning end={frame.sessionEnd} /> : null}
        {frame?.role ? (
          <noscript>
            <img src="/auth/seen" alt="" width={1} height={1} />
          </noscript>
        ) : null}
        <LivingScripts />
      </body>
    </html>
  );
}

export default Outlet;

export function ErrorBoundary() {
  return <Lost kind={kindOf(useRouteError())} />;
}

const kindOf = (fault: unknown) => (isRouteErrorResponse(fault) && fault.status < 500 ? 'notFound' : 'error');

/** What a page's loader says of the document around it: its title, and rules of style that only the server can know. */
function textIn(data: unknown, what: 'title' | 'style'): string | null {
  const value = typeof data === 'object' && data !== null ? new Map(Object.entries(data)).get(what) : null;
  return typeof value === 'string' ? value : null;
}

/** What a page's loader says that its foot asks about; null for pages that do not ask. */
function askedIn(data: unknown): AskedAbout | null {
  return typeof data === 'object' && data !== null && 'asked' in data ? (data.asked as AskedAbout) : null;
}

/** A page's address without what an answer added to it, and that answer. */
function answeredAt(pathname: string, search: string) {
  const query = new URLSearchParams(search);
  const answered = query.get('answered');
  query.delete('answered');
  return { page: query.size > 0 ? `${pathname}?${query}` : pathname, answered };
}
