import { Fragment } from 'react';
import { useT, useWords } from '~/i18n/use-t';
import { MANDATE_SCOPES, type MandateScope } from '~/model/mandate';
import { OFFICE_SCOPES } from '~/model/office';
import { LinkButton, Submit } from '~/ui/buttons';
import { Choices, ErrorSummary, Field, Select, Tick } from '~/ui/field';
import { FormOwner } from '~/ui/form-owner';
import type { FormValues } from '~/ui/form-values';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Whole } from '~/ui/whole';
import type { ClientMandateView, MandateView } from './client.server';
import { PILES, pileOf } from './piles';
import type { RequestView } from './waiting.server';

/** Who may look along with the client; offers that wait for an answer first. */
export function ClientMandates({ mandates }: { readonly mandates: readonly ClientMandateView[] }) {
  const { language, t } = useWords();
  if (mandates.length === 0) return <p>{t('mandate:none')}</p>;
  return (
    <>
      {PILES.map((pile) => {
        const lying = mandates.filter((mandate) => pileOf(mandate) === pile);
        if (lying.length === 0) return null;
        return (
          <section key={pile}>
            <h2>{t(`mandate:pile.${pile}`)}</h2>
            <ul className="cards">
              {lying.map((mandate) => (
                <li className="card" key={mandate.id}>
                  <h3>
                    <Who mandate={mandate} />
                  </h3>
                  <Office mandate={mandate} />
                  <MandateState mandate={mandate} />
                  <StandsIn mandate={mandate} />
                  <SharedWithOffice mandate={mandate} />
                  <References references={mandate.references} />
                  <GivenBy mandate={mandate} />
                  <GivenBack mandate={mandate} />
                  {pile === 'before' && !mandate.undoUntil ? null : (
                    <LinkButton
                      href={`/${language}/mandates/${mandate.id}`}
                      label={t(mandate.state === 'pending-client' ? 'mandate:read' : 'mandate:look')}
                    />
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

export function Who({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  return mandate.who === mandate.firm ? (
    t('mandate:office', { number: mandate.firm })
  ) : (
    <bdi translate="no">{mandate.who}</bdi>
  );
}

/** Requests that wait for an answer, for a page that is about something else. */
export function WaitingRequests({ requests }: { readonly requests: readonly RequestView[] }) {
  const { language, t } = useWords();
  return requests.map(({ id, who }) => (
    <Notice key={id} tone="care" title={t('mandate:asks', { who })}>
      <LinkButton href={`/${language}/mandates/${id}`} label={t('mandate:read')} />
    </Notice>
  ));
}

/** The office of an advisor who is named. */
export function Office({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  if (mandate.firm === '' || mandate.who === mandate.firm) return null;
  return <p>{t('mandate:office', { number: mandate.firm })}</p>;
}

export function MandateState({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  const date = mandate.state === 'active' ? (mandate.until ?? '') : mandate.answerBefore;
  return <p>{t(mandate.isAskedAgain ? 'mandate:askedAgain' : `mandate:state.${mandate.state}`, { date })}</p>;
}

/** That the advisor gave it back, and can undo that or did. */
export function GivenBack({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  if (mandate.isTakenUp) return <p>{t('mandate:takenUp')}</p>;
  return mandate.undoUntil ? <p>{t('mandate:undoUntil', { moment: mandate.undoUntil })}</p> : null;
}

/** Another person of the case who gave it. */
export function GivenBy({ mandate }: { readonly mandate: ClientMandateView }) {
  const t = useT();
  return mandate.givenBy ? <p>{t('mandate:givenBy', { who: mandate.givenBy })}</p> : null;
}

/** Whom a colleague stands in for. */
export function StandsIn({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  return mandate.standsInFor ? <p>{t('mandate:colleague.standsIn', { who: mandate.standsInFor })}</p> : null;
}

/** How much the advisor may do: no more than look, unless the client chooses it. */
export function ScopeChoice({ chosen }: { readonly chosen: string | undefined }) {
  const t = useT();
  return (
    <Choices
      name="scope"
      legend={t('mandate:scope.legend')}
      options={MANDATE_SCOPES.map((scope) => [scope, t(`mandate:scope.${scope}`)])}
      chosen={[chosen ?? 'look']}
    />
  );
}

/** Whether a colleague of the advisor may stand in: no, unless the client ticks it. */
export function MayStandIn({ chosen }: { readonly chosen?: boolean | undefined }) {
  const t = useT();
  return (
    <div className="field">
      <Tick name="colleague" value="yes" aria-describedby="colleague-hint" chosen={chosen}>
        {t('mandate:colleague.may')}
      </Tick>
      <p className="field__hint" id="colleague-hint">
        {t('mandate:colleague.mayHint')}
      </p>
    </div>
  );
}

/** What everybody else at the office may do: nothing, unless the client chooses it. */
export function OfficeChoice({
  chosen,
  within,
}: {
  readonly chosen: string | undefined;
  readonly within?: MandateScope;
}) {
  const t = useT();
  const offered = OFFICE_SCOPES.filter((scope) => scope !== 'arrange' || within !== 'look');
  return (
    <>
      <Choices
        name="sharing"
        legend={t('mandate:sharing.legend')}
        options={offered.map((scope) => [
          scope,
          t(scope === 'none' ? 'mandate:sharing.none' : `mandate:scope.${scope}`),
        ])}
        chosen={[chosen ?? 'none']}
      />
      <p className="field__hint">{t('mandate:sharing.hint')}</p>
    </>
  );
}

/** That the rest of the office may look too. */
export function SharedWithOffice({ mandate }: { readonly mandate: MandateView }) {
  const t = useT();
  if (mandate.office === 'none' || mandate.state !== 'active') return null;
  return <p>{t(`mandate:terms.office.${mandate.office}`)}</p>;
}

export function References({ references }: { readonly references: readonly string[] }) {
  const t = useT();
  return (
    <p className="soft">
      {t('mandate:cases')}
      {references.map((reference, index) => (
        <Fragment key={reference}>
          {index > 0 ? ', ' : ''}
          <Whole text={reference} />
        </Fragment>
      ))}
    </p>
  );
}

/** A code in two groups of four, as people say it. */
function SpokenCode({ digits }: { readonly digits: string }) {
  return (
    <p className="code" dir="ltr">
      {digits.slice(0, 4)} {digits.slice(4)}
    </p>
  );
}

export function GiveCode({ digits, failed }: { readonly digits: string | null; readonly failed: boolean }) {
  const t = useT();
  return (
    <Section title={t('mandate:give.title')}>
      <p>{t('mandate:give.text')}</p>
      {digits ? (
        <Notice tone="good" title={t('mandate:give.code')} live>
          <SpokenCode digits={digits} />
          <p>{t('mandate:give.valid')}</p>
        </Notice>
      ) : null}
      {failed ? <Notice tone="bad" live text={t('mandate:give.notNow')} /> : null}
      <form method="post" action="?" aria-label={t('mandate:give.button')}>
        <FormOwner />
        <Submit name="do" value="code" label={t('mandate:give.button')} />
      </form>
    </Section>
  );
}

interface ChooseProps {
  readonly references: readonly string[];
  readonly wrong: 'office' | 'cases' | null;
  readonly values: FormValues | null;
  readonly months: readonly number[];
}

export function ChooseOffice({ references, wrong, values, months }: ChooseProps) {
  const t = useT();
  if (references.length === 0) return null;
  const errors: Record<string, string> = {
    ...(wrong === 'office' ? { office: t('mandate:choose.wrongOffice') } : {}),
    ...(wrong === 'cases' ? { reference: t('mandate:choose.wrongCases') } : {}),
  };
  return (
    <Section title={t('mandate:choose.title')}>
      <ErrorSummary title={t('appointment:hold.errors')} errors={errors} />
      <form method="post" action="?" aria-label={t('mandate:choose.button')}>
        <FormOwner />
        <Field
          name="office"
          label={t('mandate:choose.number')}
          hint={t('mandate:choose.numberHint')}
          value={values?.office?.[0]}
          error={errors.office}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        <Choices
          name="reference"
          legend={t('mandate:choose.which')}
          options={references.map((reference) => [reference, <Whole text={reference} key={reference} />])}
          chosen={values?.reference}
          error={errors.reference}
          several
        />
        <Select
          name="months"
          label={t('mandate:choose.months')}
          value={values?.months?.[0] ?? 12}
          options={months.map((count) => [count, t('mandate:monthsCount', { count })] as const)}
        />
        <ScopeChoice chosen={values?.scope?.[0]} />
        <MayStandIn chosen={values?.colleague?.includes('yes')} />
        <OfficeChoice chosen={values?.sharing?.[0]} />
        <Submit name="do" value="offer" label={t('mandate:choose.button')} />
      </form>
    </Section>
  );
}
