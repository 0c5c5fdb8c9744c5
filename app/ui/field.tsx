import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** In words; true when the page says it elsewhere. */
  readonly error?: string | true | undefined;
}

interface FieldProps extends Labelled {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'search' | 'email' | 'tel' | 'date' | 'time' | 'number';
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  readonly required?: boolean;
  readonly min?: string;
  readonly maxLength?: number;
  /** A regular expression for the whole value. */
  readonly pattern?: string;
}

/** One text field with its label, hint and error, all linked to it for screen readers. */
export function Field({ name, label, hint, error, value, type = 'text', ...rest }: FieldProps) {
  return (
    <Around {...{ name, label, hint, error }}>
      <input
        {...linked(name, hint, error)}
        type={type}
        dir={type === 'text' || type === 'search' ? 'auto' : 'ltr'}
        defaultValue={value}
        {...rest}
      />
    </Around>
  );
}

interface TextAreaProps extends Labelled {
  readonly value: string | undefined;
  readonly minLength: number;
  readonly maxLength: number;
}

/** A required text of several lines. */
export function TextArea({ name, label, hint, error, value, ...rest }: TextAreaProps) {
  return (
    <Around {...{ name, label, hint, error }}>
      <textarea {...linked(name, hint, error)} rows={4} dir="auto" defaultValue={value} required {...rest} />
    </Around>
  );
}

export interface SelectProps extends Labelled {
  readonly value: string | number | undefined;
  readonly options: readonly (readonly [value: string | number, words: string])[];
  readonly required?: boolean;
}

/** A list to choose one value from. A value that it lacks falls back to the first one. */
export function Select({ name, label, hint, error, value, options, required }: SelectProps) {
  return (
    <Around {...{ name, label, hint, error }}>
      <select {...linked(name, hint, error)} defaultValue={value} required={required}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </Around>
  );
}

const linked = (name: string, hint: Labelled['hint'], error: Labelled['error']) => ({
  id: name,
  name,
  'aria-invalid': error ? true : undefined,
  'aria-describedby':
    [hint && `${name}-hint`, error && error !== true && `${name}-error`].filter(Boolean).join(' ') || undefined,
});

function Around({ name, label, hint, error, children }: Labelled & { readonly children: ReactNode }) {
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {hint ? (
        <p className="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {error && error !== true ? (
        <p className="field__error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
      {children}
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
