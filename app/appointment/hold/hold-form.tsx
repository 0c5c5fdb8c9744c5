import type { PersonFields } from '~/appointment/party.server';
import type { Key } from '~/i18n/keys';
import { useT } from '~/i18n/use-t';
import { Facts } from '~/ui/facts';
import { ErrorSummary, Field } from '~/ui/field';
import type { LivingPart } from '~/ui/living';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Countdown } from './countdown';
import type { HoldView } from './hold.server';

interface HoldFormProps {
  readonly hold: HoldView;
  readonly filledIn: {
    readonly people: readonly PersonFields[];
    readonly email: string;
    readonly phone: string;
    readonly errors: Readonly<Record<string, string>>;
  } | null;
}

export const LIVING_HOLD: LivingPart<HoldFormProps> = {
  name: 'hold',
  namespaces: ['appointment', 'trouble'],
  Component: HoldForm,
};

function HoldForm({ hold, filledIn }: HoldFormProps) {
  const t = useT();
  const errors = filledIn?.errors ?? {};
  const people = filledIn?.people ?? hold.people;
  const optionally = (label: Key, error: string | undefined) =>
    error ? t(label) : `${t(label)} (${t('appointment:hold.optional')})`;
  return (
    <>
      {/* Enter in a field presses the form's first button. */}
      <button type="submit" name="do" value="confirm" form="details" hidden>
        {t('appointment:hold.confirm')}
      </button>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <Section title={t('appointment:hold.when')} main>
        <Facts
          facts={[
            [t('appointment:hold.when'), t('appointment:booking.moment', { day: hold.day, time: hold.time })],
            [t('appointment:hold.where'), <bdi key="desk">{hold.desk}</bdi>],
            [t('appointment:hold.what'), t(`appointment:product.${hold.product}`)],
          ]}
        />
        {hold.kept ? null : <p>{t('appointment:hold.notKept')}</p>}
        <Countdown hold={hold} form="details" />
      </Section>
      {hold.moving ? <Moving moving={hold.moving} /> : null}
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
          label={optionally('appointment:hold.email', errors.email)}
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
          label={optionally('appointment:hold.phone', errors.phone)}
          hint={t('appointment:hold.phoneHint')}
          error={errors.phone}
          value={filledIn?.phone ?? ''}
          maxLength={30}
        />
        {hold.moving?.oldGoesFirst ? <Agree error={errors.agree} /> : null}
        <p className="buttons">
          <button className="button" type="submit" name="do" value="confirm">
            {t(hold.moving ? 'appointment:hold.confirmMove' : 'appointment:hold.confirm')}
          </button>
          <button className="button button--quiet" type="submit" name="do" value="release" formNoValidate>
            {t('appointment:hold.otherTime')}
          </button>
        </p>
      </form>
    </>
  );
}

/** The booking that this one replaces, and which of the two goes first. */
function Moving({ moving }: { readonly moving: NonNullable<HoldView['moving']> }) {
  const t = useT();
  return (
    <Notice tone={moving.oldGoesFirst ? 'care' : 'plain'}>
      <p>
        {t('appointment:hold.moving')}{' '}
        <strong>{t('appointment:booking.moment', { day: moving.day, time: moving.time })}</strong> ·{' '}
        <bdi>{moving.desk}</bdi>
      </p>
      <p>{t(moving.oldGoesFirst ? 'appointment:hold.oldFirst' : 'appointment:hold.newFirst')}</p>
    </Notice>
  );
}

/** The person must agree before the old booking is given up first. */
function Agree({ error }: { readonly error: string | undefined }) {
  const t = useT();
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      {error ? (
        <p className="field__error" id="agree-error">
          {error}
        </p>
      ) : null}
      <div className="choice">
        <input
          type="checkbox"
          id="agree"
          name="agree"
          value="1"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'agree-error' : undefined}
        />
        <label htmlFor="agree">{t('appointment:hold.agree')}</label>
      </div>
    </div>
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
