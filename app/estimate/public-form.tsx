import { useT, useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Section } from '~/ui/section';
import { procedureWords, stageWords } from './known-names';
import type { PublicWaitView } from './public-wait-view.server';

interface QuestionFormProps {
  readonly form: PublicWaitView['form'];
  readonly fault: PublicWaitView['fault'];
}

/** A plain GET form, so that the answer has an address to keep and share. */
export function QuestionForm({ form, fault }: QuestionFormProps) {
  const { language, t } = useWords();
  const byCode = (words: typeof procedureWords) => (code: string) => ({ value: code, name: words(code, t) });
  const unknown = { value: '', name: t('wait:form.unknown') };
  return (
    <Section title={t('wait:form.title')}>
      <form method="get" action={`/${language}/wait`}>
        <Choice
          name="procedure"
          label={t('wait:form.procedure')}
          value={form.procedure}
          options={[{ value: '', name: t('wait:form.choose') }, ...form.procedures.map(byCode(procedureWords))]}
          wrong={fault === 'procedure'}
          required
        />
        <Choice
          name="month"
          label={t('wait:form.month')}
          hint={t('wait:form.monthHint')}
          value={form.month}
          options={form.months}
          wrong={fault === 'month'}
        />
        <Choice
          name="day"
          label={t('wait:form.day')}
          hint={t('wait:form.dayHint')}
          value={form.day}
          options={[unknown, ...form.days]}
          wrong={fault === 'day' || fault === 'future'}
        />
        <Choice
          name="stage"
          label={t('wait:form.stage')}
          hint={t('wait:form.stageHint')}
          value={form.stage}
          options={[unknown, ...form.stages.map(byCode(stageWords))]}
          wrong={false}
        />
        <Submit label={t('wait:form.submit')} />
      </form>
    </Section>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly wrong: boolean;
  readonly required?: boolean;
}

function Choice({ name, label, hint, value, options, wrong, required }: ChoiceProps) {
  const t = useT();
  const known = options.some((option) => option.value === value);
  return (
    <div className={wrong ? 'field field--wrong' : 'field'}>
      <label htmlFor={name}>{label}</label>
      {hint ? (
        <p className="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <select
        id={name}
        name={name}
        defaultValue={known ? value : ''}
        required={required}
        aria-invalid={wrong || undefined}
        aria-describedby={hint ? `${name}-hint` : undefined}
      >
        {known || value === '' ? null : <option value="">{t('wait:form.choose')}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}
