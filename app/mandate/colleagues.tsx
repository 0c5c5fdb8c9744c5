import { useWords } from '~/i18n/use-t';
import { LinkLine, Submit } from '~/ui/buttons';
import type { AdvisorMandateView } from './advisor.server';
import { MandateState } from './client-mandates-page';

/** Who stands in under an advisor's own mandate, each with a button to end it, and the form to add one. */
export function Colleagues({ mandate }: { readonly mandate: AdvisorMandateView }) {
  const { language, t } = useWords();
  return (
    <>
      {mandate.given.map((sub) => (
        <form method="post" key={sub.id}>
          <input type="hidden" name="mandate" value={sub.id} />
          <h4>
            <bdi translate="no">{sub.who}</bdi>
          </h4>
          <MandateState mandate={sub} />
          <Submit name="do" value="withdraw" label={t('mandate:end')} quiet />
        </form>
      ))}
      {mandate.mayShare ? (
        <LinkLine
          href={`/${language}/advisor/mandates/${mandate.id}/colleague`}
          label={t('mandate:advisor.colleague.title')}
        />
      ) : null}
    </>
  );
}
