import { useT } from '~/i18n/use-t';
import { CALL_NUMBER, type ViewAsPurpose } from '~/model/view-as';
import { Choices, ErrorSummary, Field, useErrors } from '~/ui/field';
import type { FormValues } from '~/ui/form-values';

/** The most characters of each field. */
const LIMITS = { reference: 60, call: 40, report: 2_000 };

/** A refused form with its values; `wrong` names the refused fields. */
interface RefusedValues {
  readonly wrong?: readonly string[];
  readonly values: FormValues;
}

/**
 * The error of each refused field of a form that opens a caller's file.
 * @param others labels of the form's further fields, in the order on the page
 * @param ownWords errors of fields that are filled in wrongly rather than empty
 */
export function useCallErrors(refused: RefusedValues | undefined, others: Words, ownWords: Words = {}): Words {
  const t = useT();
  const labels = { reference: t('helpdesk:desk.reference'), call: t('helpdesk:desk.callId'), ...others };
  const long = (name: keyof typeof LIMITS): Words =>
    (refused?.values[name]?.[0]?.trim().length ?? 0) > LIMITS[name]
      ? {
          [name]: t('trouble:tooLong', { field: { ...labels, report: '', ...others }[name] ?? '', most: LIMITS[name] }),
        }
      : {};
  const wrongNumber = refused?.values.call?.[0]?.trim() ? { call: t('helpdesk:callBack.callNumber') } : {};
  return useErrors(refused?.wrong, labels, {
    ...wrongNumber,
    ...ownWords,
    ...long('reference'),
    ...long('call'),
    ...long('report'),
  });
}

type Words = Readonly<Record<string, string>>;

/** The fields for the case's reference and the call's number, below the summary of errors. */
export function CallFields({ errors, values }: { readonly errors: Words; readonly values: FormValues | undefined }) {
  const t = useT();
  return (
    <>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <Field
        name="reference"
        label={t('helpdesk:desk.reference')}
        value={values?.reference?.[0]}
        error={errors.reference}
        required
        maxLength={LIMITS.reference}
        autoComplete="off"
        autoFocus={!values}
      />
      <Field
        name="call"
        label={t('helpdesk:desk.callId')}
        value={values?.call?.[0]}
        error={errors.call}
        required
        maxLength={LIMITS.call}
        pattern={CALL_NUMBER}
        autoComplete="off"
      />
    </>
  );
}

/** What the call is for. The first purpose is chosen unless the form says otherwise. */
export function Purposes({
  purposes,
  values,
}: {
  readonly purposes: readonly ViewAsPurpose[];
  readonly values: FormValues | undefined;
}) {
  const t = useT();
  return (
    <Choices
      name="purpose"
      legend={t('helpdesk:desk.purpose')}
      options={purposes.map((purpose) => [purpose, t(`helpdesk:purpose.${purpose}`)])}
      chosen={values?.purpose ?? purposes.slice(0, 1)}
      required
    />
  );
}
