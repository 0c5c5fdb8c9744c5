import { LIVING_CONTACT } from '~/contact/living-contact';
import { startView } from '~/effect/start.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { StaffPages, staffPageName } from '~/helpdesk/staff-pages';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { Living } from '~/ui/living';
import { Section } from '~/ui/section';

/** Where employees see what waits for them. */
export async function loader({ request }: LoaderFunctionArgs) {
  const employee = await requireProfessional(request, 'staff');
  return { title: translatorOf(employee.language)('helpdesk:start.title'), view: await startView(employee) };
}

export default function Staff() {
  const { language, t } = useWords();
  const { pages, waiting, contact, reasons } = useLoaderData<typeof loader>().view;
  const some = waiting.filter(({ count }) => count > 0);
  return (
    <>
      <h1>{t('helpdesk:start.title')}</h1>
      <Section title={t('helpdesk:start.waiting')} answer>
        {some.length === 0 ? <p>{t('helpdesk:start.none')}</p> : null}
        <ul>
          {some.map(({ page, count }) => (
            <li key={page}>
              <a href={`/${language}/${page}`}>{t(staffPageName(page))}</a>: <strong>{count}</strong>
            </li>
          ))}
        </ul>
      </Section>
      <StaffPages pages={pages} here={null} />
      {reasons.length > 0 ? (
        <Section title={t('helpdesk:start.week')}>
          <ol>
            {reasons.map(({ name, count }) => (
              <li key={name}>
                {name}: {count}
              </li>
            ))}
          </ol>
        </Section>
      ) : null}
      {contact ? <Living part={LIVING_CONTACT} props={{ view: contact }} /> : null}
    </>
  );
}
