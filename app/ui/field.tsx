import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'tel' | 'date' | 'time' | 'number';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  readonly required?: boolean;
  readonly maxLength?: number;
  /** A regular expression for the whole value. */
  readonly pattern?: string;
}

/** One text field with its label, hint and error, all linked to it for screen readers. */
export function Field({ name, label, hint, error, value, type = 'text', ...rest }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {hint ? (
        <p className="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
      <input
        id={name}
        name={name}
        type={type}
        dir={type === 'text' ? 'auto' : 'ltr'}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        {...rest}
      />
    </div>
  );
}

interface ChoicesProps {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly (readonly [value: string, label: ReactNode])[];
  readonly chosen: readonly string[] | undefined;
  readonly error?: string | undefined;
  /** Checkboxes; else radio buttons. */
  readonly several?: boolean;
  readonly required?: boolean;
}

/** Checkboxes or radio buttons. An error summary links to the first. */
export function Choices({ name, legend, options, chosen, error, several, required }: ChoicesProps) {
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{legend}</legend>
      {error ? (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
      {options.map(([value, label], index) => (
        <label className="choice" key={value}>
          <input
            id={index === 0 ? name : undefined}
            type={several ? 'checkbox' : 'radio'}
            name={name}
            value={value}
            required={required}
            defaultChecked={chosen?.includes(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** The error summary at the top of a form, which gets the focus; each line links to its field. */
export function ErrorSummary({
  title,
  errors,
}: {
  readonly title: string;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const lines = Object.entries(errors);
  if (lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: it is the answer to what was just sent
    <div className="notice notice--bad" role="alert" tabIndex={-1} autoFocus>
      <h2 className="notice__title">{title}</h2>
      <ul>
        {lines.map(([field, text]) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * The error of each field, in words: that it is empty, or the form's own text.
 * @param wrong names of the invalid fields
 * @param labels of all fields, in page order
 */
export function useErrors(
  wrong: readonly string[] | undefined,
  labels: Readonly<Record<string, string>>,
  ownWords: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const t = useT();
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => wrong?.includes(name))
      .map(([name, field]) => [name, ownWords[name] ?? t('trouble:fillIn', { field })]),
  );
}
