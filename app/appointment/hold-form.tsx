import { useT, useWords } from '~/i18n/use-t';
import { Facts } from '~/ui/facts';
import { ErrorSummary, Field } from '~/ui/field';
import { Section } from '~/ui/section';
import { Countdown } from './countdown';
import type { HoldView, PersonFields } from './views';

interface HoldFormProps {
  readonly hold: HoldView;
  /** What was typed before and what was wrong with it. */
  readonly filledIn: {
    readonly people: readonly PersonFields[];
    readonly email: string;
    readonly phone: string;
    readonly errors: Readonly<Record<string, string>>;
  } | null;
}

/** Who comes, and the button that makes it an appointment. */
export function HoldForm({ hold, filledIn }: HoldFormProps) {
  const { language, t } = useWords();
  const errors = filledIn?.errors ?? {};
  const people = filledIn?.people ?? hold.people;
  return (
    <>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <Section title={t('appointment:hold.when')} main>
        <Facts
          facts={[
            [t('appointment:hold.when'), t('appointment:booking.moment', { day: hold.day, time: hold.time })],
            [t('appointment:hold.where'), <bdi key="desk">{hold.desk}</bdi>],
            [t('appointment:hold.what'), t(`appointment:product.${hold.product}`)],
          ]}
        />
        <Countdown hold={hold} form="details" />
      </Section>
      <form method="post" id="details">
        <h2>{t('appointment:hold.people')}</h2>
        {people.map((person, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the fields of one person are known by their place alone
          <Person key={index} number={index + 1} person={person} errors={errors} />
        ))}
        <Field
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          label={`${t('appointment:hold.email')} (${t('appointment:hold.optional')})`}
          hint={t('appointment:hold.emailHint')}
          error={errors.email}
          value={filledIn?.email ?? ''}
          maxLength={254}
        />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          label={`${t('appointment:hold.phone')} (${t('appointment:hold.optional')})`}
          hint={t('appointment:hold.phoneHint')}
          value={filledIn?.phone ?? ''}
          maxLength={30}
        />
        <p className="buttons">
          <button className="button" type="submit" name="do" value="confirm">
            {t('appointment:hold.confirm')}
          </button>
          <a className="button button--quiet" href={`/${language}/cases/${hold.ref}/appointment`}>
            {t('appointment:hold.otherTime')}
          </a>
        </p>
      </form>
    </>
  );
}

interface PersonProps {
  readonly number: number;
  readonly person: PersonFields;
  readonly errors: Readonly<Record<string, string>>;
}

function Person({ number, person, errors }: PersonProps) {
  const t = useT();
  return (
    <fieldset>
      <legend>{t('appointment:hold.personNumber', { number })}</legend>
      <Field
        name={`givenName-${number}`}
        label={t('appointment:hold.givenName')}
        value={person.givenName}
        error={errors[`givenName-${number}`]}
        maxLength={200}
      />
      <Field
        name={`familyName-${number}`}
        label={t('appointment:hold.familyName')}
        value={person.familyName}
        maxLength={200}
      />
      <Field
        name={`vNumber-${number}`}
        label={
          number === 1
            ? t('appointment:hold.vNumber')
            : `${t('appointment:hold.vNumber')} (${t('appointment:hold.optional')})`
        }
        hint={t('appointment:hold.vNumberHint')}
        value={person.vNumber}
        error={errors[`vNumber-${number}`]}
        inputMode="numeric"
        maxLength={20}
      />
    </fieldset>
  );
}
