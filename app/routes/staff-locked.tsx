import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '~/framework/node.server';
import { useActionData, useLoaderData } from '~/framework/react';
import { lockedView, unlock } from '~/helpdesk/locked.server';
import { StaffPages } from '~/helpdesk/staff-pages';
import { staffPages } from '~/helpdesk/staff-pages.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';

/** Where a team lead lets an employee or an office enter codes again. */
export async function loader({ request }: LoaderFunctionArgs) {
  const lead = await requireProfessional(request, 'staff');
  return {
    title: translatorOf(lead.language)('helpdesk:locked.title'),
    pages: staffPages(lead.staffRoles),
    locked: await lockedView(lead),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const lead = await requireProfessional(request, 'staff');
  const outcome = await unlock(lead, await request.formData());
  return data({ outcome }, { status: outcome === 'cannot' ? 409 : 200 });
}

export default function StaffLocked() {
  const t = useT();
  const { pages, locked } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>()?.outcome;
  return (
    <>
      <h1>{t('helpdesk:locked.title')}</h1>
      <p>{t('helpdesk:locked.lead')}</p>
      {outcome ? (
        <Notice tone={outcome === 'cannot' ? 'bad' : 'good'} live text={t(`helpdesk:locked.${outcome}`)} />
      ) : null}
      {locked.length === 0 ? <p>{t('helpdesk:locked.none')}</p> : null}
      <ul className="cards">
        {locked.map(({ agent, employee, office, until, mayUnlock }) => (
          <li className="card" key={agent}>
            <h2>
              {employee === null
                ? t('helpdesk:locked.office', { number: office ?? '–' })
                : t('helpdesk:locked.employee', { number: String(employee) })}
            </h2>
            <Facts facts={[[t('helpdesk:locked.until'), until]]} />
            {mayUnlock ? (
              <form method="post">
                <input type="hidden" name="agent" value={agent} />
                <Submit label={t('helpdesk:locked.unlock')} />
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      <StaffPages pages={pages} here="staff/locked" />
    </>
  );
}
