import { procedureWords, stageWords } from '~/i18n/agency-words';
import { useT, useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Select, type SelectProps } from '~/ui/field';
import { Section } from '~/ui/section';
import type { PublicWaitView } from './public-wait-view.server';

interface QuestionFormProps {
  readonly form: PublicWaitView['form'];
  readonly fault: PublicWaitView['fault'];
  /** Then the form only refines the answer. */
  readonly isAnswered: boolean;
}

/** A plain GET form, so that the answer has an address to keep and share. */
export function QuestionForm({ form, fault, isAnswered }: QuestionFormProps) {
  const { language, t } = useWords();
  const byCode = (words: typeof procedureWords) => (code: string) => [code, words(code, t)] as const;
  const unknown = ['', t('wait:form.unknown')] as const;
  return (
    <Section title={t('wait:form.title')} folded={isAnswered && fault === null}>
      <form method="get" action={`/${language}/wait`} aria-label={t('wait:form.submit')}>
        <Choice
          name="procedure"
          label={t('wait:form.procedure')}
          value={form.procedure}
          options={[['', t('wait:form.choose')], ...form.procedures.map(byCode(procedureWords))]}
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

interface ChoiceProps extends Pick<SelectProps, 'name' | 'label' | 'hint' | 'options' | 'required'> {
  readonly value: string;
  readonly wrong: boolean;
}

function Choice({ value, options, wrong, ...rest }: ChoiceProps) {
  const t = useT();
  const known = value === '' || options.some(([each]) => each === value);
  return (
    <Select
      value={known ? value : ''}
      options={known ? options : [['', t('wait:form.choose')], ...options]}
      error={wrong || undefined}
      {...rest}
    />
  );
}
