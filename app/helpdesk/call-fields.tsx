import { useT } from '~/i18n/use-t';
import { CALL_NUMBER, type ViewPurpose } from '~/model/view-as';
import { ErrorSummary, Field } from '~/ui/field';
import type { Said } from '~/ui/said';

/**
 * What every way to a caller's file begins with: the case's reference, and the number of the call.
 * @param why why the form came back, if it did
 * @param said what was in it then
 */
export function CallFields({ why, said }: { readonly why: string | undefined; readonly said: Said | undefined }) {
  const t = useT();
  const error = why === 'call' ? t('helpdesk:callBack.callNumber') : undefined;
  return (
    <>
      <ErrorSummary title={t('appointment:hold.errors')} errors={error ? { call: error } : {}} />
      <Field
        name="reference"
        label={t('helpdesk:desk.reference')}
        value={said?.reference?.[0]}
        required
        maxLength={60}
        autoComplete="off"
      />
      <Field
        name="call"
        label={t('helpdesk:desk.callId')}
        value={said?.call?.[0]}
        error={error}
        required
        maxLength={40}
        pattern={CALL_NUMBER}
        autoComplete="off"
      />
    </>
  );
}

/** What the call is for; the first unless another was chosen. */
export function Purposes({
  purposes,
  said,
}: {
  readonly purposes: readonly ViewPurpose[];
  readonly said: Said | undefined;
}) {
  const t = useT();
  return (
    <fieldset>
      <legend>{t('helpdesk:desk.purpose')}</legend>
      {purposes.map((purpose) => (
        <label className="choice" key={purpose}>
          <input
            type="radio"
            name="purpose"
            value={purpose}
            required
            defaultChecked={purpose === (said?.purpose?.[0] ?? purposes[0])}
          />
          {t(`helpdesk:purpose.${purpose}`)}
        </label>
      ))}
    </fieldset>
  );
}
