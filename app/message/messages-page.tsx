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
  /** What is wrong with the address; undefined for nothing. */
  readonly error: string | undefined;
}

/** Which messages a person gets, and what was sent to them. */
export function MessagesPage({ view, isSaved, error }: MessagesPageProps) {
  const { language, t } = useWords();
  const { isOn, stopped, toConfirm, sent } = view;
  return (
    <>
      <h1>{t('message:title')}</h1>
      <p>{t('message:lead')}</p>
      {isSaved && !toConfirm && isOn ? <Notice tone="good" live text={t('message:saved')} /> : null}
      {stopped ? <Notice tone="plain" live text={t(`message:stopped.${stopped}`)} /> : null}
      {view.isBounced ? <Notice tone="bad" text={t('message:bounced')} /> : null}
      {view.sendsMail ? null : <Notice tone="care" text={t('message:noMail')} />}
      {toConfirm ? <ConfirmAddress confirm={toConfirm} back={`/${language}/messages`} /> : null}
      {view.sendsMail ? <Choice view={view} error={error} /> : null}
      {isOn ? (
        <form method="post">
          <Submit name="do" value="stop" label={t('message:stop')} quiet />
        </form>
      ) : null}
      <Section title={t('message:sent.title')}>
        {sent.length === 0 ? <p>{t('message:sent.none')}</p> : null}
        <ul>
          {sent.map(({ id, kinds, state, at }) => (
            <li key={id}>
              {kinds.map((kind) => t(`message:kind.${kind}`)).join(' ')}
              <br />
              <span className="soft">
                {t(`message:sent.${state}`)} · {at}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <LinkLine href={`/${language}/cases`} label={t('case:list.title')} />
    </>
  );
}

function Choice({ view, error }: Pick<MessagesPageProps, 'view' | 'error'>) {
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
        error={error}
        required
      />
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
