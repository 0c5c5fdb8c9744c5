import { MadeBy } from '~/answer/made-by';
import type { Maker } from '~/answer/maker.server';
import { CaseHeading } from '~/case/case-page';
import type { CaseView } from '~/case/case-view.server';
import { useT } from '~/i18n/use-t';
import { Section } from '~/ui/section';

/** What an employee may see for a caller who could not sign in: the case's stage and the appointment. */
export function StageAndVisit({ view }: { readonly view: CaseView }) {
  const t = useT();
  const { visit } = view;
  return (
    <>
      <CaseHeading view={view} />
      <Section title={t('case:visit.title')}>
        <p>
          {visit?.kind === 'booked' ? (
            <>
              {visit.moment} · <bdi>{visit.desk}</bdi>
              <br />
              {t('case:visit.madeBy')}: <MadeBy maker={namelessOf(visit.maker)} />
            </>
          ) : visit?.kind === 'none' ? (
            t(`case:visit.${visit.why}`)
          ) : (
            t('helpdesk:callBack.noVisit')
          )}
        </p>
      </Section>
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </>
  );
}

/** After a call-back the page names nobody. */
const namelessOf = (maker: Maker): Maker => (maker === 'you' ? maker : { ...maker, name: null });
