import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';
import { directionOf, LANGUAGES, type Language } from '~/model/language';

/** Each language in its own words, for the switcher. */
const OWN_NAME: Readonly<Record<Language, string>> = { nl: 'Nederlands', en: 'English', ar: 'العربية' };

/** Where each begins. */
const OWN_WORK = {
  applicant: { path: 'cases', name: 'common:myCases' },
  advisor: { path: 'advisor', name: 'common:myClients' },
  staff: { path: 'helpdesk', name: 'common:calls' },
} as const;

interface FrameProps {
  readonly language: Language;
  /** The address of this page without its language, so that the switcher keeps the page. */
  readonly rest: string;
  /** As whom somebody is signed in; null when nobody is. */
  readonly role: 'applicant' | 'advisor' | 'staff' | null;
  readonly agency: { readonly name: string; readonly phone: string } | null;
  readonly demo: boolean;
  readonly children: ReactNode;
}

/** What every page has around it: skip link, name, menu, languages, footer. */
export function Frame({ language, rest, role, agency, demo, children }: FrameProps) {
  const t = useT();
  return (
    <>
      <a className="skip" href="#main">
        {t('common:skip')}
      </a>
      <header className="top">
        <div className="frame">
          <a className="top__name" href={`/${language}`}>
            {t('common:name')}
          </a>
          <nav className="languages" aria-label={t('common:languages')}>
            <ul>
              {LANGUAGES.map((other) => (
                <li key={other} lang={other} dir={directionOf(other)}>
                  {other === language ? (
                    <span aria-current="true">{OWN_NAME[other]}</span>
                  ) : (
                    <a href={`/${other}${rest}`} hrefLang={other}>
                      {OWN_NAME[other]}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <div className="frame">
          <nav aria-label={t('common:menu')}>
            <ul>
              {role ? (
                <li>
                  <a href={`/${language}/${OWN_WORK[role].path}`}>{t(OWN_WORK[role].name)}</a>
                </li>
              ) : null}
              <li>
                <a href={`/${language}/contact`}>{t('common:contact')}</a>
              </li>
              {role ? null : (
                <li>
                  <a href={`/${language}/sign-in`}>{t('common:signIn')}</a>
                </li>
              )}
            </ul>
          </nav>
          {role ? (
            <form method="post" action={`/${language}/sign-out`}>
              <button type="submit">{t('common:signOut')}</button>
            </form>
          ) : null}
        </div>
      </header>
      <main id="main" className="frame" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <div className="frame">
          {role === 'applicant' ? (
            <p>
              <a href={`/${language}/helpdesk/with-me`}>{t('common:helpWithPage')}</a>
            </p>
          ) : null}
          {agency ? (
            <>
              <p>{t('common:footer', { agency: agency.name })}</p>
              <p>
                <a href={`tel:${agency.phone.replace(/[^+\d]/g, '')}`}>{t('common:call', { number: agency.phone })}</a>
              </p>
            </>
          ) : null}
          {demo ? <p>{t('common:demo')}</p> : null}
        </div>
      </footer>
    </>
  );
}
