import { useT } from '~/i18n/use-t';
import { ADDRESS_CODE } from '~/model/mail-address';
import { Submit } from '~/ui/buttons';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';
import type { ConfirmAddressView } from './mail-address.server';

interface ConfirmAddressProps {
  readonly confirm: ConfirmAddressView;
  /** The path to go to once the address is confirmed. */
  readonly back: string;
}

/** "We have sent a code to …": until it comes back, the address gets no other mail. */
export function ConfirmAddress({ confirm, back }: ConfirmAddressProps) {
  const t = useT();
  const { id, address, hasCode, canSend, codeFailed, action } = confirm;
  return (
    <Notice tone="care" title={t('appointment:confirm.title')}>
      <p>
        {t(`appointment:confirm.${codeFailed ? 'failed' : hasCode ? 'sent' : 'noCode'}`)} <bdi dir="ltr">{address}</bdi>
      </p>
      <p>{t('appointment:confirm.why')}</p>
      {hasCode ? (
        <form method="post" action={action} aria-label={t('appointment:confirm.button')}>
          <Hidden id={id} back={back} />
          <Field
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            label={t('appointment:confirm.code')}
            hint={t('appointment:confirm.hint')}
            maxLength={ADDRESS_CODE.digits * 2}
            required
          />
          <Submit name="do" value="confirm" label={t('appointment:confirm.button')} />
        </form>
      ) : null}
      {canSend ? (
        <form method="post" action={action} aria-label={t('appointment:confirm.again')}>
          <Hidden id={id} back={back} />
          <Submit name="do" value="send-again" label={t('appointment:confirm.again')} quiet />
        </form>
      ) : (
        <p>{t('appointment:confirm.tooMany')}</p>
      )}
    </Notice>
  );
}

const Hidden = ({ id, back }: { readonly id: string; readonly back: string }) => (
  <>
    <input type="hidden" name="address" value={id} />
    <input type="hidden" name="to" value={back} />
  </>
);
