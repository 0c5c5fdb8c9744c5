import { complaintsPage } from '~/config/agency-pages.server';
import { config } from '~/config/config.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useT } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import results from '~/ui/accessibility-results.json';
import { LinkLine } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { SLOT, Whole } from '~/ui/whole';

const GROUPS = ['pages', 'access', 'languages', 'plain'] as const;
const KNOWN = ['audit', 'people', 'languages', 'dutch'] as const;

/** The accessibility statement, after the Dutch model; its counts come from the last full test run. */
export function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  return {
    title: translatorOf(language)('common:accessibility'),
    date: formatsOf(language).date(results.date),
    phone: config().AGENCY_PHONE,
    complaints: complaintsPage(config(), language),
  };
}

export default function Accessibility() {
  const t = useT();
  const { date, phone, complaints } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('common:accessibility')}</h1>
      <p className="lead">{t('accessibility:lead')}</p>
      <h2>{t('accessibility:status.title')}</h2>
      <p>{t('accessibility:status.text')}</p>
      <h2>{t('accessibility:standard.title')}</h2>
      <p>{t('accessibility:standard.text')}</p>
      <ul translate="no">
        <li>
          <bdi>EN 301 549</bdi>
        </li>
        <li>
          <bdi>WCAG 2.2</bdi>
        </li>
      </ul>
      <h2>{t('accessibility:tests.title')}</h2>
      <p>{t('accessibility:tests.text', { date })}</p>
      <Facts
        facts={GROUPS.map((group) => [
          t(`accessibility:tests.group.${group}`),
          t('accessibility:tests.passed', results.groups[group]),
        ])}
      />
      <h2>{t('accessibility:known.title')}</h2>
      <ul>
        {KNOWN.map((fault) => (
          <li key={fault}>{t(`accessibility:known.${fault}`)}</li>
        ))}
      </ul>
      <h2>{t('accessibility:report.title')}</h2>
      <p>{t('accessibility:report.text')}</p>
      <LinkLine
        href={`tel:${phone.replace(/[^+\d]/g, '')}`}
        label={<Whole text={phone} within={t('common:call', { number: SLOT })} />}
      />
      {complaints ? (
        <>
          <h2>{t('accessibility:complaint.title')}</h2>
          <p>{t('accessibility:complaint.text')}</p>
          <p>
            <a href={complaints.url} lang={complaints.language} dir={directionOf(complaints.language)}>
              {complaints.name}
            </a>
          </p>
        </>
      ) : null}
    </>
  );
}
