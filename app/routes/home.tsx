import { hasPlanner } from '~/answer/visit-view.server';
import { hasQueue } from '~/contact/contact-view.server';
import { hasStatistics } from '~/estimate/model.server';
import { publicWaitToday } from '~/estimate/public-wait-view.server';
import { ShortRange } from '~/estimate/short-range';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { procedureWords } from '~/i18n/agency-words';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import { sessionOf } from '~/identity/session.server';
import { knownValue } from '~/model/loaded';
import { LinkButton, LinkLine, Submit } from '~/ui/buttons';
import { ErrorSummary, Select } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const search = new URL(request.url).searchParams;
  // Without the store the page is that of a visitor.
  const session = await sessionOf(request).catch(() => null);
  const wait = hasStatistics() ? knownValue(publicWaitToday(search, language)) : undefined;
  return {
    title: translatorOf(language)('home:title'),
    isSignedIn: session !== null,
    /** Null when the agency publishes no counts, or none are known yet. */
    wait: wait ?? null,
    /** Whether the form was sent. */
    asked: search.has('procedure'),
    hasWait: hasStatistics(),
    hasVisits: hasPlanner(),
    tellsQueues: hasQueue(),
  };
}

/** The first phone screen leads to one's own application, and says how long others wait without signing in. */
export default function Home() {
  const { language, t } = useWords();
  const { isSignedIn, wait, asked, hasWait, hasVisits, tellsQueues } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('home:title')}</h1>
      <p className="lead">{t('home:lead')}</p>
      <p>
        <LinkButton href={`/${language}/cases?own=1`} label={t(isSignedIn ? 'common:myCases' : 'home:signIn')} />
      </p>
      {wait ? <HowLong {...wait} asked={asked} /> : null}
      {hasWait && !wait && asked ? <Notice tone="plain" text={t('wait:notNow')} /> : null}
      {hasWait && !wait ? <LinkLine href={`/${language}/wait`} label={t('home:tasks.wait.title')} /> : null}
      {hasVisits ? <LinkLine href={`/${language}/cases`} label={t('home:tasks.appointment.title')} /> : null}
      <LinkLine href={`/${language}/contact`} label={t(tellsQueues ? 'home:tasks.contact.title' : 'common:contact')} />
      <p className="soft">{t('home:noCall')}</p>
    </>
  );
}

type Wait = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['wait']>;

function HowLong({ procedures, answer, asked }: Wait & { readonly asked: boolean }) {
  const { language, t } = useWords();
  const fault = asked && !answer ? t('wait:fault.procedure') : undefined;
  return (
    <Section title={t('wait:title')} answer={answer !== null}>
      {answer ? (
        <>
          <p>
            <strong>{procedureWords(answer.procedure, t)}</strong> · {t('wait:overview.title')}
          </p>
          <p className="wait__dates">
            <ShortRange range={answer.range} />
          </p>
          <LinkLine
            href={`/${language}/wait?${new URLSearchParams({ procedure: answer.procedure })}`}
            label={t('wait:form.title')}
          />
        </>
      ) : null}
      {fault ? <ErrorSummary title={t('wait:fault.title')} errors={{ procedure: fault }} /> : null}
      <form method="get" action={`/${language}`} aria-label={t('wait:form.submit')}>
        <Select
          name="procedure"
          label={t('wait:form.procedure')}
          value={answer?.procedure ?? ''}
          options={[['', t('wait:form.choose')], ...procedures.map((code) => [code, procedureWords(code, t)] as const)]}
          error={fault ? true : undefined}
          required
        />
        <Submit label={t('wait:form.submit')} quiet />
      </form>
    </Section>
  );
}
