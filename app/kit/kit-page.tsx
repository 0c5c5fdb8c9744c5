import type { ReactNode } from 'react';
import { useT } from '~/i18n/use-t';
import type { Trouble as Why } from '~/model/loaded';
import { CASE_FACTS, VIEW_AS_PURPOSES } from '~/model/view-as';
import { AgencyWords } from '~/ui/agency-words';
import { LinkButton, LinkLine, Submit } from '~/ui/buttons';
import { Facts } from '~/ui/facts';
import { Choices, ErrorSummary, Field, Select, TextArea, Tick } from '~/ui/field';
import { Fold } from '~/ui/fold';
import { Lost } from '~/ui/lost';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { SessionEndBox } from '~/ui/session-end';
import { CopyButton, ShareButton } from '~/ui/touches';
import { Caveat, Trouble } from '~/ui/trouble';
import { Whole } from '~/ui/whole';

const SCHEMES = ['light', 'dark'] as const;
const WHYS: readonly Why[] = ['down', 'late', 'failed', 'malformed', 'refused', 'foreign'];
const ASKED = { value: null, asOf: '2026-03-02T09:00:00Z' };

/**
 * Every component of ui/ in every state, in light and dark, in the language and direction of the address, inside the
 * frame. The texts are those of the pages that use them.
 */
export function KitPage() {
  return (
    <>
      <h1>Kit</h1>
      <div className="kit">
        {SCHEMES.map((scheme) => (
          <div key={scheme} className={`kit__scheme kit__scheme--${scheme}`}>
            <Panel id={scheme} />
          </div>
        ))}
      </div>
    </>
  );
}

function Panel({ id }: { readonly id: string }) {
  const t = useT();
  return (
    <>
      <Part name="Section, Fold, Facts, AgencyWords, Submit, LinkButton, LinkLine">
        <Section title={t('case:next.title')} main>
          <p>{t('case:next.biometrics')}</p>
          <Buttons />
        </Section>
        <Section title={t('case:wait.title')} answer>
          <p className="wait__dates">{t('case:wait.none')}</p>
          <Fold title={t('case:wait.how')}>
            <p>{t('case:wait.not')}</p>
          </Fold>
        </Section>
        <Section title={t('case:answer.remedy.title')} folded>
          <p>{t('case:answer.remedy.letter')}</p>
        </Section>
        <Section title={t('case:facts.title')}>
          <Facts
            facts={[
              [t('case:facts.reference'), <Whole text="Z-2025-0123" key="reference" />],
              [t('case:facts.result'), null],
              [t('case:facts.received'), <AgencyWords key="received" text="2 maart 2026" />],
              [t('case:facts.people'), t('case:facts.applicant')],
            ]}
          />
        </Section>
      </Part>
      <Part name="CopyButton, ShareButton">
        <CopyButton text="Z-2025-0123" label={t('case:facts.copy')} done={t('case:facts.copied')} />
        <ShareButton address="/" label={t('wait:share')} />
      </Part>
      <Part name="Notice (amber: the reader must act, and nothing else)">
        <Notice tone="plain" title={t('appointment:booking.title')} text={t('appointment:booking.past')} />
        <Notice tone="good" title={t('appointment:booking.title')} text={t('appointment:booking.confirmed')} />
        <Notice tone="care" title={t('case:next.title')} text={t('case:next.pay')} />
        <Notice tone="bad" title={t('appointment:booking.title')} text={t('appointment:booking.cancelFailed')} />
        <Notice tone="plain" live text={t('case:list.noneMore')} />
      </Part>
      <Part name="Field, Select, TextArea, Choices, Tick, ErrorSummary">
        <Fields id={id} />
      </Part>
      <Part name="Trouble">
        <Trouble why="down" title={t('case:list.couldNotAsk')} />
        {WHYS.map((why) => (
          <Trouble key={why} why={why} />
        ))}
      </Part>
      <Part name="Caveat">
        <Caveat loaded={{ state: 'fresh', ...ASKED }} time="10:00" />
        <Caveat loaded={{ state: 'kept', why: 'down', ...ASKED }} time="10:00" />
        <Caveat loaded={{ state: 'partial', missing: [], ...ASKED }} time="10:00" />
      </Part>
      <Part name="SessionEndBox">
        <SessionEndBox id={`${id}-soon`} end={{ seconds: 60, at: '10:15', final: false }} />
        <SessionEndBox id={`${id}-final`} end={{ seconds: 60, at: '12:00', final: true }} />
      </Part>
      <Part name="Lost">
        <Lost kind="notFound" />
        <Lost kind="error" />
      </Part>
    </>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <p className="kit__name" lang="en" dir="ltr">
        {name}
      </p>
      {children}
    </>
  );
}

function Buttons() {
  const t = useT();
  return (
    <>
      <p className="buttons">
        <Submit label={t('case:visit.book')} />
        <LinkButton href="/" label={t('appointment:booking.cancel')} quiet />
      </p>
      <LinkLine href="/" label={t('common:contact')} />
    </>
  );
}

function Fields({ id }: { readonly id: string }) {
  const t = useT();
  const [plain, hinted, wrong] = [`${id}-plain`, `${id}-hinted`, `${id}-wrong`] as const;
  const error = t('wait:fault.month');
  return (
    <>
      <ErrorSummary title={t('wait:fault.title')} errors={{ [wrong]: error }} />
      <Field name={plain} label={t('appointment:hold.vNumber')} inputMode="numeric" />
      <Field name={hinted} type="email" label={t('appointment:hold.email')} hint={t('case:facts.referenceUse')} />
      <Field name={wrong} type="tel" label={t('contact:phone.title')} value="12" error={error} required />
      <Select
        name={`${id}-select`}
        label={t('appointment:search.persons')}
        value={2}
        options={[1, 2, 3].map((count) => [count, t('appointment:search.person', { count })] as const)}
      />
      <TextArea
        name={`${id}-text`}
        label={t('helpdesk:emergency.report')}
        value=""
        minLength={10}
        maxLength={2000}
        error={t('helpdesk:emergency.tooShort')}
      />
      <Choices
        name={`${id}-one`}
        legend={t('helpdesk:desk.purpose')}
        options={VIEW_AS_PURPOSES.map((purpose) => [purpose, t(`helpdesk:purpose.${purpose}`)])}
        chosen={VIEW_AS_PURPOSES.slice(0, 1)}
      />
      <Choices
        name={`${id}-several`}
        legend={t('helpdesk:callBack.facts')}
        options={CASE_FACTS.map((fact) => [fact, t(`helpdesk:fact.${fact}`)])}
        chosen={CASE_FACTS.slice(0, 2)}
        error={t('helpdesk:callBack.tooFew')}
        several
      />
      <Tick name={`${id}-tick`} value="1" chosen>
        {t('appointment:search.person', { count: 1 })}
      </Tick>
    </>
  );
}
