import { useWords } from '~/i18n/use-t';
import { Choices, ErrorSummary, Select, useErrors } from '~/ui/field';
import { Fold } from '~/ui/fold';
import type { FormValues } from '~/ui/form-values';
import type { ReasonChoices } from './reasons.server';

interface ReasonFormProps {
  readonly choices: ReasonChoices;
  /** The address that takes the form, without its language. */
  readonly action: string;
  readonly wrong?: readonly string[] | undefined;
  readonly values?: FormValues | undefined;
}

/** Why somebody called: two taps, and nothing about the caller. The last tap says whether the page had the answer. */
export function ReasonForm({ choices, action, wrong, values }: ReasonFormProps) {
  const { language, t } = useWords();
  const labels = {
    reason: t('helpdesk:desk.purpose'),
    page: t('helpdesk:reason.page'),
    procedure: t('helpdesk:insight.procedure'),
    stage: t('helpdesk:insight.stage'),
    answered: t('helpdesk:reason.answered'),
  };
  const errors = useErrors(wrong, labels);
  return (
    <form method="post" action={`/${language}/${action}`} aria-label={t('helpdesk:reason.title')}>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <input type="hidden" name="key" value={choices.key} />
      <Choices
        name="reason"
        legend={labels.reason}
        options={choices.reasons.map((each) => [each, t(`helpdesk:purpose.${each}`)])}
        chosen={values?.reason ?? [choices.reason]}
        error={errors.reason}
      />
      <Select
        name="page"
        label={labels.page}
        error={errors.page}
        value={values?.page?.[0] ?? 'case'}
        options={choices.pages.map((each) => [each, t(`helpdesk:page.${each}`)] as const)}
      />
      <Fold title={t('helpdesk:reason.more')}>
        <Select
          name="procedure"
          label={labels.procedure}
          error={errors.procedure}
          value={values?.procedure?.[0]}
          options={[['', '–'], ...choices.procedures.map((each) => [each, t(`case:procedure.${each}`)] as const)]}
        />
        <Select
          name="stage"
          label={labels.stage}
          error={errors.stage}
          value={values?.stage?.[0]}
          options={[['', '–'], ...choices.stages.map((each) => [each, t(`case:stage.${each}.name`)] as const)]}
        />
      </Fold>
      <fieldset id="answered">
        <legend>{labels.answered}</legend>
        <p className="buttons">
          {choices.answers.map((each) => (
            <button key={each} className="button" type="submit" name="answered" value={each}>
              {t(`helpdesk:reason.${each}`)}
            </button>
          ))}
        </p>
      </fieldset>
    </form>
  );
}
