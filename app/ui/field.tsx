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
  /** What the whole text must be like, as a regular expression. */
  readonly pattern?: string;
}

/** One text field with its label, hint and error, all tied to it for a screen reader. */
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

/** What is wrong with a form, at its top, where the keyboard begins; each line leads to its field. */
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
