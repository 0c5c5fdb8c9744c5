import { hasPlanner } from '~/answer/visit-view.server';
import { hasQueue } from '~/contact/contact-view.server';
import { hasStatistics } from '~/estimate/model.server';
import { publicWait } from '~/estimate/public-wait-view.server';
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
import { Select } from '~/ui/field';
import { Section } from '~/ui/section';

export async function loader({ request }: LoaderFunctionArgs) {
  const language = languageOfPage(request);
  const procedure = new URL(request.url).searchParams.get('procedure') ?? '';
  // Without the store the page is that of a visitor.
  const session = await sessionOf(request).catch(() => null);
  const wait = hasStatistics() ? knownValue(publicWait(new URLSearchParams({ procedure }), language)) : undefined;
  return {
    title: translatorOf(language)('home:title'),
    isSignedIn: session !== null,
    /** Null when the agency publishes no counts, or none are known yet. */
    wait: wait ? { procedures: wait.form.procedures, answer: wait.answer } : null,
    hasWait: hasStatistics(),
    hasVisits: hasPlanner(),
    tellsQueues: hasQueue(),
  };
}

/** The first phone screen leads to one's own application, and says how long others wait without signing in. */
export default function Home() {
  const { language, t } = useWords();
  const { isSignedIn, wait, hasWait, hasVisits, tellsQueues } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('home:title')}</h1>
      <p className="lead">{t('home:lead')}</p>
      <p>
        <LinkButton href={`/${language}/cases?own=1`} label={t(isSignedIn ? 'common:myCases' : 'home:signIn')} />
      </p>
      {wait ? <HowLong procedures={wait.procedures} answer={wait.answer} /> : null}
      {hasWait && !wait ? <LinkLine href={`/${language}/wait`} label={t('home:tasks.wait.title')} /> : null}
      {hasVisits ? <LinkLine href={`/${language}/cases`} label={t('home:tasks.appointment.title')} /> : null}
      <LinkLine href={`/${language}/contact`} label={t(tellsQueues ? 'home:tasks.contact.title' : 'common:contact')} />
      <p className="soft">{t('home:noCall')}</p>
    </>
  );
}

type Wait = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['wait']>;

function HowLong({ procedures, answer }: Wait) {
  const { language, t } = useWords();
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
      <form method="get" action={`/${language}`}>
        <Select
          name="procedure"
          label={t('wait:form.procedure')}
          value={answer?.procedure ?? ''}
          options={[['', t('wait:form.choose')], ...procedures.map((code) => [code, procedureWords(code, t)] as const)]}
          required
        />
        <Submit label={t('wait:form.submit')} quiet />
      </form>
    </Section>
  );
}
