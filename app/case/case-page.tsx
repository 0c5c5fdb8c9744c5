import { Wait } from '~/estimate/wait';
import { useT } from '~/i18n/use-t';
import { AgencyWords } from '~/ui/agency-words';
import { Facts } from '~/ui/facts';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { CopyButton } from '~/ui/touches';
import type { CaseView } from './case-view.server';
import { NextStep } from './next-step';
import { Period } from './period';
import { Timeline } from './timeline';

/** Then the stage's usual text, which sends everybody to a desk, would be wrong. */
const sparesTheVisit = ({ visit }: CaseView) => visit?.kind === 'book' && visit.instead.length > 0;

/** A case's page. The first phone screen has what matters: the stage, what to do, how long. */
export function CasePage({ view }: { readonly view: CaseView }) {
  const t = useT();
  return (
    <>
      <CaseHeading view={view} />
      {view.next === null || sparesTheVisit(view) ? null : (
        <p>
          <StageText stage={view.stage} name={view.stageName} text={view.stageText} />
        </p>
      )}
      {view.next && view.visit ? (
        <Section title={t('case:next.title')} main>
          <NextStep caseRef={view.ref} next={view.next} visit={view.visit} invitation={view.invitation} />
        </Section>
      ) : (
        <Notice tone="plain" title={t('case:part.title')}>
          <p>{t('case:part.text')}</p>
        </Notice>
      )}
      <Wait wait={view.wait} />
      <Timeline timeline={view.timeline} asOf={view.asOf} />
      {view.period ? <Period period={view.period} /> : null}
      {view.visit?.kind === 'none' ? (
        <Section title={t('case:visit.title')}>
          <p>{t(`case:visit.${view.visit.why}`)}</p>
        </Section>
      ) : null}
      <Section title={t('case:facts.title')}>
        <Facts
          facts={[
            [
              t('case:facts.reference'),
              <>
                <bdi translate="no" key="reference">
                  {view.reference}
                </bdi>
                <br />
                <span className="soft">{t('case:facts.referenceUse')}</span>
                <br />
                <CopyButton text={view.reference} label={t('case:facts.copy')} done={t('case:facts.copied')} />
              </>,
            ],
            [t('case:facts.received'), view.received],
            [t('case:facts.result'), view.result && <AgencyWords text={view.result} />],
            [
              t('case:facts.people'),
              view.people.length > 0 ? (
                <ul className="people" key="people">
                  {view.people.map((person) => (
                    <li key={person.name}>
                      <bdi translate="no">{person.name}</bdi> · {t(`case:facts.${person.role}`)}
                    </li>
                  ))}
                </ul>
              ) : null,
            ],
          ]}
        />
      </Section>
      <p className="soft">{t('common:asOf', { time: view.asOf })}</p>
    </>
  );
}

export function CaseHeading({ view }: { readonly view: CaseView }) {
  const t = useT();
  return (
    <>
      <p className="over">
        <ProcedureName procedure={view.procedure} name={view.procedureName} />
      </p>
      <h1>
        <StageName stage={view.stage} name={view.stageName} />
      </h1>
      {view.since ? <p className="soft">{t('case:since', { date: view.since })}</p> : null}
    </>
  );
}

export function ProcedureName({
  procedure,
  name,
}: {
  readonly procedure: CaseView['procedure'];
  readonly name: string;
}) {
  const t = useT();
  return procedure ? t(`case:procedure.${procedure}`) : <AgencyWords text={name} />;
}

export function StageName({ stage, name }: { readonly stage: CaseView['stage']; readonly name: string | null }) {
  const t = useT();
  if (stage) return t(`case:stage.${stage}.name`);
  return name ? <AgencyWords text={name} /> : t('case:stage.noneYet');
}

interface StageTextProps {
  readonly stage: CaseView['stage'];
  readonly name: string | null;
  /** The agency's own text, shown where we have none. */
  readonly text: string;
}

function StageText({ stage, name, text }: StageTextProps) {
  const t = useT();
  if (stage) return <>{t(`case:stage.${stage}.now`)}</>;
  if (text) return <AgencyWords text={text} />;
  if (!name) return <>{t('case:stage.noneYetText')}</>;
  return (
    <>
      {t('case:stage.unknown.now')}
      <AgencyWords text={name} />
    </>
  );
}
