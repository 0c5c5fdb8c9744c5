import { asTicked, Desks, PartOfDay, Weekdays } from '~/appointment/choices';
import { EmailField } from '~/appointment/email-field';
import { EndedNotes } from '~/appointment/ended-notes';
import { QuietHours } from '~/appointment/quiet-hours';
import { Styles } from '~/appointment/styles';
import { useT, useWords } from '~/i18n/use-t';
import { ConfirmAddress } from '~/notification/confirm-address';
import { LinkLine, Submit } from '~/ui/buttons';
import { useDraft } from '~/ui/draft';
import { Facts } from '~/ui/facts';
import { ErrorSummary, Field } from '~/ui/field';
import { Section } from '~/ui/section';
import { Offer } from './offer';
import type { WatchFilledIn, WatchView } from './watch.server';

interface WatchPageProps {
  readonly watch: WatchView;
  /** Form field → its error. */
  readonly errors: Readonly<Record<string, string>>;
  /** The form as it was sent, when it had errors. */
  readonly filledIn: WatchFilledIn | null;
}

export function WatchPage({ watch, errors, filledIn }: WatchPageProps) {
  const t = useT();
  const isTyped = useDraft() !== null;
  const { set } = watch;
  return (
    <>
      <Styles />
      <h1>{t('appointment:watch.title')}</h1>
      <p>{t('appointment:watch.intro')}</p>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <EndedNotes notes={watch.ended} />
      {set?.offer ? <Offer offer={set.offer} /> : null}
      {watch.confirm ? <ConfirmAddress confirm={watch.confirm} back={watch.address} /> : null}
      {set ? <Waiting set={set} /> : null}
      {set ? (
        <details className="card filter" open={isTyped || Object.keys(errors).length > 0}>
          <summary>{t('appointment:watch.change')}</summary>
          <WatchForm form={watch.form} errors={errors} filledIn={filledIn} />
        </details>
      ) : (
        <WatchForm form={watch.form} errors={errors} filledIn={filledIn} />
      )}
      <LinkLine href={watch.search} label={t('appointment:search.all')} />
    </>
  );
}

function Waiting({ set }: { readonly set: NonNullable<WatchView['set']> }) {
  const t = useT();
  const days = set.weekdays ?? t('appointment:watch.anyDay');
  return (
    <Section title={t('appointment:watch.isSet')} answer>
      <p>{t('appointment:watch.since', { date: set.since })}</p>
      <Facts
        facts={[
          [t('appointment:watch.before'), set.before],
          [t('appointment:watch.desks'), <bdi key="desks">{set.desks ?? t('appointment:watch.anyDesk')}</bdi>],
          [t('appointment:watch.days'), days],
          [t('appointment:search.part'), t(`appointment:search.partOf.${set.part}`)],
          [t('appointment:watch.people'), t('appointment:search.person', { count: set.persons })],
          [t('appointment:watch.told'), t(set.byMail ? 'appointment:watch.byMail' : 'appointment:watch.byPortal')],
          [t('appointment:watch.quiet'), set.quiet && t('appointment:watch.quietHours', { ...set.quiet })],
        ]}
      />
      <form method="post" aria-label={t('appointment:watch.stop')}>
        <Submit name="do" value="stop" label={t('appointment:watch.stop')} quiet />
      </form>
    </Section>
  );
}

interface WatchFormProps extends Pick<WatchPageProps, 'errors' | 'filledIn'> {
  readonly form: WatchView['form'];
}

function WatchForm({ form, errors, filledIn }: WatchFormProps) {
  const { t } = useWords();
  const { moving } = form;
  return (
    <form method="post" aria-label={t('appointment:watch.set')}>
      {moving ? (
        <p>
          {t('appointment:watch.earlierThan')}{' '}
          <strong>{t('appointment:booking.moment', { day: moving.day, time: moving.time })}</strong> ·{' '}
          <bdi>{moving.desk}</bdi>
        </p>
      ) : null}
      {form.until ? <p>{t('appointment:deadline.by', { date: form.until })}</p> : null}
      <Field
        name="before"
        type="date"
        label={t('appointment:watch.before')}
        error={errors.before}
        value={filledIn?.before ?? form.before}
        min={form.earliest}
        required
      />
      <Desks legend={t('appointment:search.desks')} desks={asTicked(form.desks, ({ key }) => key, filledIn?.desks)} />
      <Weekdays
        legend={t('appointment:search.weekdays')}
        weekdays={asTicked(form.weekdays, ({ day }) => day, filledIn?.weekdays)}
      />
      <PartOfDay part={filledIn?.part ?? form.part} />
      {form.mail ? (
        <EmailField hint={t('appointment:watch.emailHint')} error={errors.email} value={filledIn?.email} />
      ) : (
        <p>{t('appointment:watch.noMail')}</p>
      )}
      <QuietHours from={filledIn?.quietFrom ?? '22:00'} until={filledIn?.quietUntil ?? '07:00'}>
        <p className="field__hint">{t('appointment:watch.quietMore')}</p>
      </QuietHours>
      <Submit name="do" value="set" label={t('appointment:watch.set')} />
    </form>
  );
}
