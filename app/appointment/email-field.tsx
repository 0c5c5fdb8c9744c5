import { useT } from '~/i18n/use-t';
import { Field } from '~/ui/field';

interface EmailFieldProps {
  readonly label?: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly value: string | undefined;
}

/** An address for mail, optional unless the label says otherwise. */
export function EmailField({ label, ...rest }: EmailFieldProps) {
  const t = useT();
  return (
    <Field
      name="email"
      type="email"
      inputMode="email"
      autoComplete="email"
      label={label ?? `${t('appointment:hold.email')} (${t('appointment:hold.optional')})`}
      maxLength={254}
      {...rest}
    />
  );
}
