import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';
import { useTyped } from './draft';

interface Labelled {
  readonly name: string;
  readonly label: string;
  /** The language of a label that is not in the page's. */
  readonly labelLang?: string;
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
  /** For the one field that a page is opened for. */
  readonly autoFocus?: boolean;
}

/** One text field with its label, hint and error, all linked to it for screen readers. */
export function Field({ name, label, labelLang, hint, error, value, type = 'text', ...rest }: FieldProps) {
  const typed = useTyped(name)?.[0];
  return (
    <Around {...{ name, label, hint, error }} {...(labelLang ? { labelLang } : {})}>
      <input
        {...linked(name, hint, error)}
        type={type}
        dir={type === 'text' || type === 'search' ? 'auto' : 'ltr'}
        defaultValue={typed ?? value}
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
  const typed = useTyped(name)?.[0];
  return (
    <Around {...{ name, label, hint, error }}>
      <textarea {...linked(name, hint, error)} rows={4} dir="auto" defaultValue={typed ?? value} required {...rest} />
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
  const typed = useTyped(name)?.[0];
  return (
    <Around {...{ name, label, hint, error }}>
      <select {...linked(name, hint, error)} defaultValue={typed ?? value} required={required}>
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

function Around({ name, label, labelLang, hint, error, children }: Labelled & { readonly children: ReactNode }) {
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <label htmlFor={name} lang={labelLang} dir={labelLang ? 'auto' : undefined}>
        {label}
      </label>
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
  const typed = useTyped(name);
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
            defaultChecked={(typed ?? chosen)?.includes(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface TickProps {
  readonly name: string;
  readonly value: string | number;
  readonly chosen: boolean | undefined;
  readonly id?: string;
  readonly required?: boolean;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
  /** Its label. */
  readonly children: ReactNode;
}

/** One checkbox with its label. */
export function Tick({ name, value, chosen, children, ...rest }: TickProps) {
  const typed = useTyped(name);
  const isTyped = typed?.includes(String(value));
  return (
    <label className="choice">
      <input type="checkbox" name={name} value={value} defaultChecked={isTyped ?? chosen} {...rest} />
      {children}
    </label>
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
