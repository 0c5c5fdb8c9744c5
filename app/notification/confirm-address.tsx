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

const WORDS = {
  email: {
    title: 'appointment:confirm.title',
    sent: 'appointment:confirm.sent',
    failed: 'appointment:confirm.failed',
    why: 'appointment:confirm.why',
    code: 'appointment:confirm.code',
    hint: 'appointment:confirm.hint',
    button: 'appointment:confirm.button',
  },
  sms: {
    title: 'message:number.title',
    sent: 'message:number.sent',
    failed: 'message:number.failed',
    why: 'message:number.why',
    code: 'message:number.code',
    hint: 'message:number.codeHint',
    button: 'message:number.button',
  },
} as const;

/** "We have sent a code to …": until it comes back, the address gets no other mail. */
export function ConfirmAddress({ confirm, back }: ConfirmAddressProps) {
  const t = useT();
  const { id, channel, address, hasCode, canSend, codeFailed, action } = confirm;
  const words = WORDS[channel];
  return (
    <Notice tone="care" title={t(words.title)}>
      <p>
        {t(codeFailed ? words.failed : hasCode ? words.sent : 'appointment:confirm.noCode')}{' '}
        <bdi dir="ltr">{address}</bdi>
      </p>
      <p>{t(words.why)}</p>
      {hasCode ? (
        <form method="post" action={action} aria-label={t(words.button)}>
          <Hidden id={id} back={back} />
          <Field
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            label={t(words.code)}
            hint={t(words.hint)}
            maxLength={ADDRESS_CODE.digits * 2}
            required
          />
          <Submit name="do" value="confirm" label={t(words.button)} />
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
