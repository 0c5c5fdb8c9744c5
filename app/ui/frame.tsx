import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';
import { directionOf, type Language, OWN_NAME } from '~/model/language';
import { LinkLine } from './buttons';
import { Notice } from './notice';
import { QuickExit } from './quick-exit';
import { SLOT, Whole } from './whole';

/** The start page of each role. */
const OWN_WORK = {
  applicant: { path: 'cases', name: 'common:myCases' },
  advisor: { path: 'advisor', name: 'common:myClients' },
  staff: { path: 'helpdesk', name: 'common:calls' },
} as const;

interface FrameProps {
  readonly language: Language;
  /** This page's address without its language, for the language switcher. */
  readonly rest: string;
  /** The signed-in role; null when signed out. */
  readonly role: 'applicant' | 'advisor' | 'staff' | null;
  /** The name of whom the person acts for, "" for one without; null when they act for themselves. */
  readonly actsFor: string | null;
  /** Where the quick exit leads. */
  readonly exit: string;
  /** Those that the agency offers, in the order of the menu. */
  readonly languages: readonly Language[];
  readonly agency: AgencyOnPages | null;
  readonly demo: boolean;
  /** What stands between the page and the footer. */
  readonly foot: ReactNode;
  /** What stands above the page and is no part of it. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

interface AgencyOnPages {
  readonly name: string;
  readonly phone: string;
  /** Today's date there, in words, for paper. */
  readonly today: string;
  /** The address of its mark. */
  readonly logo: string | null;
  /** Its own accessibility statement; null: the portal's counts. */
  readonly accessibility: string | null;
  /** Its pages in the footer, each in the language of its name. */
  readonly links: readonly { readonly name: string; readonly url: string; readonly language: Language }[];
}

/** The frame of every page: skip link, name, menu, languages, footer. */
export function Frame({
  language,
  rest,
  role,
  actsFor,
  exit,
  languages,
  agency,
  demo,
  above,
  foot,
  children,
}: FrameProps) {
  const t = useT();
  return (
    <>
      <header className="top">
        <a className="skip" href="#main">
          {t('common:skip')}
        </a>
        <div className="frame">
          {agency?.logo ? <img className="top__logo" src={agency.logo} alt={agency.name} height={32} /> : null}
          <a className="top__name" href={`/${language}`}>
            <Mark />
            {t('common:name')}
          </a>
          {role ? <QuickExit to={exit} /> : null}
          <Languages language={language} rest={rest} all={languages} brief={role !== null} />
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
              {role === 'applicant' && actsFor === null ? (
                <li>
                  <a href={`/${language}/helpdesk/with-me`}>{t('common:helpByPhone')}</a>
                </li>
              ) : null}
              <li>
                {role ? (
                  <form method="post" action={`/${language}/sign-out`} aria-label={t('common:signOut')}>
                    <button type="submit">{t('common:signOut')}</button>
                  </form>
                ) : (
                  <a href={`/${language}/cases?own=1`}>{t('common:signIn')}</a>
                )}
              </li>
            </ul>
          </nav>
        </div>
      </header>
      {above}
      {agency ? (
        <p className="paper" translate="no">
          {agency.name} · {agency.today}
        </p>
      ) : null}
      <main id="main" className="frame" tabIndex={-1}>
        {actsFor === null ? null : (
          <Notice
            tone="plain"
            text={actsFor === '' ? t('identity:acting.unnamed') : t('identity:acting.named', { name: actsFor })}
          />
        )}
        {children}
      </main>
      {foot}
      <footer className="foot">
        <div className="frame">
          {role ? <LinkLine href={`/${language}/sessions`} label={t('identity:sessions.title')} /> : null}
          {agency ? (
            <>
              {agency.logo ? <img className="top__logo" src={agency.logo} alt="" height={32} /> : null}
              <p>{t('common:footer', { agency: agency.name })}</p>
              <LinkLine
                href={`tel:${agency.phone.replace(/[^+\d]/g, '')}`}
                label={<Whole text={agency.phone} within={t('common:call', { number: SLOT })} />}
              />
            </>
          ) : null}
          <LinkLine href={agency?.accessibility ?? `/${language}/accessibility`} label={t('common:accessibility')} />
          {agency?.links.map((link) => (
            <p key={link.url}>
              <a href={link.url} lang={link.language} dir={directionOf(link.language)}>
                {link.name}
              </a>
            </p>
          ))}
          {demo ? <p>{t('common:demo')}</p> : null}
        </div>
      </footer>
    </>
  );
}

/** Closed, since thirteen names would fill a third of a phone's screen; recognisable by its icon. */
function Languages({
  language,
  rest,
  all,
  brief,
}: Pick<FrameProps, 'language' | 'rest'> & {
  readonly all: readonly Language[];
  /** Without the language's name on a narrow screen, where the quick exit needs the room. */
  readonly brief: boolean;
}) {
  const t = useT();
  if (all.length < 2) return null;
  return (
    <details className={brief ? 'languages languages--brief' : 'languages'}>
      <summary>
        <Globe />
        <span className="hidden">{t('common:languages')}: </span>
        <span className="languages__name" translate="no">
          {OWN_NAME[language]}
        </span>
      </summary>
      <nav aria-label={t('common:languages')}>
        <ul>
          {all.map((other) => (
            <li key={other} lang={other} dir={directionOf(other)} translate="no">
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
    </details>
  );
}

/** An eye on the horizon: the name means sight. */
const Mark = () => (
  <svg className="top__mark" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M2 14c4-6 8-8.5 12-8.5s8 2.5 12 8.5c-4 6-8 8.5-12 8.5s-8-2.5-12-8.5z" />
    <circle cx="14" cy="14" r="4" />
  </svg>
);

function Globe() {
  return (
    <svg className="languages__sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20M2.5 12h19M12 2c-7 7-7 13 0 20M12 2c7 7 7 13 0 20" />
    </svg>
  );
}
