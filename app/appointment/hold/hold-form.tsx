import type { ReactNode } from 'react';
import { EmailField } from '~/appointment/email-field';
import type { Key } from '~/i18n/keys';
import { useT } from '~/i18n/use-t';
import type { UsualQuestion } from '~/model/appointment';
import { Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Choices, ErrorSummary, Field, Tick } from '~/ui/field';
import type { LivingPart } from '~/ui/living';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Trouble } from '~/ui/trouble';
import { Whole } from '~/ui/whole';
import { Countdown } from './countdown';
import type { HoldView } from './hold.server';

interface HoldFormProps {
  readonly hold: HoldView;
  readonly filledIn: {
    readonly who: readonly number[];
    readonly email: string;
    readonly phone: string;
    /** By the name of the desk's own field. */
    readonly answers: Readonly<Record<string, string>>;
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
  const { asks } = hold;
  const optionally = (label: Key, wanted: string, error: string | undefined) =>
    error || wanted === 'required' ? t(label) : `${t(label)} (${t('appointment:hold.optional')})`;
  return (
    <>
      {/* Enter in a field presses the form's first button. */}
      <button type="submit" name="do" value="confirm" form="details" hidden>
        {t('appointment:hold.confirm')}
      </button>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <Section title={t('appointment:hold.when')} answer unheaded>
        <Facts
          facts={[
            [t('appointment:hold.when'), t('appointment:booking.moment', { day: hold.day, time: hold.time })],
            [t('appointment:hold.where'), <bdi key="desk">{hold.desk}</bdi>],
            [t('appointment:hold.what'), t(`appointment:product.${hold.product}`)],
            [t('appointment:booking.persons'), t('appointment:search.person', { count: hold.persons })],
            [t('appointment:deadline.length'), t('appointment:deadline.minutes', { count: hold.minutes })],
          ]}
        />
        {hold.tooLate ? <Notice tone="care" text={t('appointment:deadline.tooLate', { date: hold.tooLate })} /> : null}
        {hold.kept ? null : <p>{t('appointment:hold.notKept')}</p>}
        <Countdown hold={hold} form="details" />
      </Section>
      {hold.moving ? <Moving moving={hold.moving} /> : null}
      <form
        method="post"
        id="details"
        aria-label={t(hold.moving ? 'appointment:hold.confirmMove' : 'appointment:hold.confirm')}
      >
        <h2>{t('appointment:hold.people')}</h2>
        {hold.why ? <Trouble why={hold.why} /> : <People hold={hold} who={filledIn?.who ?? null} error={errors.who} />}
        <EmailField
          label={optionally('appointment:hold.email', asks.email, errors.email)}
          hint={t(asks.email === 'required' ? 'appointment:hold.emailHintNeeded' : 'appointment:hold.emailHint')}
          error={errors.email}
          value={filledIn?.email ?? ''}
        />
        {asks.phone === 'unused' ? null : (
          <Field
            name="phone"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            label={optionally('appointment:hold.phone', asks.phone, errors.phone)}
            hint={t('appointment:hold.phoneHint')}
            error={errors.phone}
            value={filledIn?.phone ?? ''}
            maxLength={30}
          />
        )}
        {asks.own.map(({ name, field, label, maxLength }) => (
          <Field
            key={field}
            name={field}
            {...(typeof label === 'string'
              ? { ...USUAL[label], label: t(`appointment:hold.usual.${label}`), hint: t('appointment:hold.usualHint') }
              : { label: label.text, labelLang: label.lang, hint: t('appointment:hold.deskAsks') })}
            error={errors[field]}
            value={filledIn?.answers[name] ?? ''}
            maxLength={maxLength}
          />
        ))}
        {hold.moving?.oldGoesFirst ? <Agree error={errors.agree} /> : null}
        <p className="buttons">
          <Submit
            name="do"
            value="confirm"
            label={t(hold.moving ? 'appointment:hold.confirmMove' : 'appointment:hold.confirm')}
          />
          <Submit name="do" value="release" formNoValidate label={t('appointment:hold.otherTime')} quiet />
        </p>
      </form>
    </>
  );
}

/** How a browser can help with what many planners ask. */
const USUAL: Readonly<Record<UsualQuestion, { readonly type?: 'date'; readonly autoComplete: string }>> = {
  birthDate: { type: 'date', autoComplete: 'bday' },
  street: { autoComplete: 'address-line1' },
  houseNumber: { autoComplete: 'off' },
  postcode: { autoComplete: 'postal-code' },
  city: { autoComplete: 'address-level2' },
};

/** The booking that this one replaces, and which of the two goes first. */
function Moving({ moving }: { readonly moving: NonNullable<HoldView['moving']> }) {
  const t = useT();
  return (
    <Notice tone="plain">
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
      <Tick
        id="agree"
        name="agree"
        value="1"
        chosen={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'agree-error' : undefined}
      >
        {t('appointment:hold.agree')}
      </Tick>
    </div>
  );
}

interface PeopleProps {
  readonly hold: HoldView;
  /** Positions of those ticked before. */
  readonly who: readonly number[] | null;
  readonly error: string | undefined;
}

/** Who comes, as the application has them; a choice only when not all of them do. */
function People({ hold: { people, persons }, who, error }: PeopleProps) {
  const t = useT();
  const named = people.map(({ name, vNumber, visit }, index): [string, ReactNode] => [
    `${index}`,
    <>
      <bdi translate="no">{name}</bdi>
      {vNumber ? (
        <>
          {' · '}
          {t('appointment:hold.vNumber')} <Whole text={vNumber} />
        </>
      ) : null}
      {visit ? (
        <>
          <br />
          <strong>{t('appointment:hold.hasVisit', { moment: visit })}</strong>
        </>
      ) : null}
    </>,
  ]);
  const coming = people.flatMap(({ comes }, index) => (comes ? [`${index}`] : []));
  return (
    <>
      {people.length > persons ? (
        <Choices
          name="who"
          legend={t('appointment:hold.people')}
          options={named}
          chosen={who?.map(String) ?? coming}
          error={error}
          several
        />
      ) : (
        <>
          {error ? (
            <p className="field__error" id="who">
              {error}
            </p>
          ) : null}
          <ul className="people">
            {named.map(([index, name]) => (
              <li key={index}>{name}</li>
            ))}
          </ul>
        </>
      )}
      {people.some(({ visit }) => visit) ? (
        <div className="choice">
          <input type="checkbox" id="twice" name="twice" value="1" />
          <label htmlFor="twice">{t('appointment:hold.twice')}</label>
        </div>
      ) : null}
      <p className="soft">{t('appointment:hold.fromCase')}</p>
    </>
  );
}
