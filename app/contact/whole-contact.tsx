import { useT } from '~/i18n/use-t';
import { Living } from '~/ui/living';
import { ComingWaits } from './coming-days';
import { OtherWays } from './contact-page';
import type { ComingDays, ContactView } from './contact-view.server';
import { LIVING_CONTACT } from './living-contact';
import { OwnQuestions, Questions } from './questions';

type Cases = Parameters<typeof OwnQuestions>[0]['cases'];

interface WholeContactProps {
  readonly view: ContactView;
  readonly days: ComingDays;
  readonly reader: Parameters<typeof Questions>[0]['role'];
  /** What a signed-in applicant may ask; null for others. */
  readonly cases: Cases | null;
  readonly hasVisits: boolean;
}

/** Numbers and hours first, then answers for which nobody has to call. */
export function WholeContact({ view, days, reader, cases, hasVisits }: WholeContactProps) {
  const t = useT();
  return (
    <>
      <h1>{t('common:contact')}</h1>
      <Living part={LIVING_CONTACT} props={{ view }} />
      <ComingWaits queues={days} />
      {cases ? (
        <OwnQuestions cases={cases} />
      ) : (
        <Questions role={reader} hasWait={view.hasWait} hasVisits={hasVisits} />
      )}
      <OtherWays view={view} />
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </>
  );
}
