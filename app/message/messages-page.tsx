import { QuietHours } from '~/appointment/quiet-hours';
import { useWords } from '~/i18n/use-t';
import { TOPICS } from '~/model/message-topic';
import { ConfirmAddress } from '~/notification/confirm-address';
import { LinkLine, Submit } from '~/ui/buttons';
import { Choices, Field, Select } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { SettingsView } from './settings.server';

interface MessagesPageProps {
  readonly view: SettingsView;
  readonly isSaved: boolean;
  /** What is wrong with the address or the number. */
  readonly errors: { readonly email?: string; readonly number?: string };
}

/** Which messages a person gets, and what was sent to them. */
export function MessagesPage({ view, isSaved, errors }: MessagesPageProps) {
  const { language, t } = useWords();
  const { isOn, stopped, toConfirm, sent } = view;
  return (
    <>
      <h1>{t('message:title')}</h1>
      <p>{t('message:lead')}</p>
      {isSaved && !toConfirm && isOn ? <Notice tone="good" live text={t('message:saved')} /> : null}
      {stopped ? <Notice tone="plain" live text={t(`message:stopped.${stopped}`)} /> : null}
      {view.isBounced ? <Notice tone="bad" text={t('message:bounced')} /> : null}
      {view.isNumberBounced ? <Notice tone="bad" text={t('message:number.bounced')} /> : null}
      {view.sendsMail ? null : <Notice tone="plain" text={t('message:noMail')} />}
      {toConfirm ? <ConfirmAddress confirm={toConfirm} back={`/${language}/messages`} /> : null}
      {view.sendsMail ? <Choice view={view} errors={errors} /> : null}
      {isOn ? (
        <form method="post">
          <Submit name="do" value="stop" label={t('message:stop')} quiet />
        </form>
      ) : null}
      <Section title={t('message:sent.title')}>
        {sent.length === 0 ? <p>{t('message:sent.none')}</p> : null}
        <ul>
          {sent.map(({ id, kinds, state, at, attempts }) => (
            <li key={id}>
              {kinds.map((kind) => t(`message:kind.${kind}`)).join(' ')}
              <br />
              <span className="soft">
                {t(`message:sent.${state}`)} · {at}
              </span>
              {attempts.length > 1 ? <Attempts attempts={attempts} /> : null}
            </li>
          ))}
        </ul>
      </Section>
      <LinkLine href={`/${language}/cases`} label={t('case:list.title')} />
    </>
  );
}

/** Each attempt as it went, the first one first. */
function Attempts({ attempts }: { readonly attempts: SettingsView['sent'][number]['attempts'] }) {
  const { t } = useWords();
  return (
    <ol className="soft">
      {attempts.map(({ channel, state, at }) => (
        <li key={`${channel} ${at} ${state}`}>
          {t(`message:sent.by.${channel}`)}: {t(`message:sent.${state}`)} · {at}
        </li>
      ))}
    </ol>
  );
}

function Choice({ view, errors }: Pick<MessagesPageProps, 'view' | 'errors'>) {
  const { t } = useWords();
  return (
    <form method="post">
      <Field
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        label={t('appointment:hold.email')}
        maxLength={254}
        value={view.email ?? ''}
        error={errors.email}
        required
      />
      {view.sendsTexts ? (
        <Field
          name="number"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={t('appointment:hold.phone')}
          hint={t('message:number.hint')}
          maxLength={30}
          value={view.number ?? ''}
          error={errors.number}
        />
      ) : null}
      <Choices
        name="topic"
        legend={t('message:topics')}
        options={TOPICS.map((topic) => [topic, t(`message:topic.${topic}`)])}
        chosen={view.topics}
        several
      />
      <Select name="language" label={t('message:language')} value={view.language} options={view.languages} />
      <QuietHours from={view.quietFrom} until={view.quietUntil} />
      <Submit name="do" value="save" label={t('message:save')} />
    </form>
  );
}
