import followCall from '~/enhance/follow-call?inline-script';
import { useT, useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import { InlineScript } from '~/ui/inline-script';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import type { CallerView } from './caller.server';
import { spokenCode } from './spoken-digits';

interface CallerHelpProps {
  readonly view: CallerView;
  readonly stopped: boolean;
  readonly asked: boolean;
  readonly code: { readonly digits: string; readonly callerCheck: string } | null;
  /** How often the open page made a new code when one had expired. */
  readonly renewals: number;
}

/** Shows who looks and STOP, or the two numbers, or how to get them. */
export function CallerHelp({ view, stopped, asked, code, renewals }: CallerHelpProps) {
  const { language, t } = useWords();
  const hasCode = code !== null || view.state !== 'nothing';
  const make = t(hasCode ? 'helpdesk:caller.makeNew' : 'helpdesk:caller.make');
  return (
    <>
      <h1>{t('common:helpByPhone')}</h1>
      {view.state === 'looking' ? <Looking view={view} /> : null}
      {stopped && view.state !== 'looking' ? <Notice tone="good" live text={t('helpdesk:caller.stopped')} /> : null}
      {code && view.state !== 'looking' && renewals > 0 ? (
        <Notice tone="care" live text={t('helpdesk:caller.renewed')} />
      ) : null}
      {code && view.state !== 'looking' ? <Numbers code={code} /> : null}
      {asked && !code ? <Notice tone="bad" live text={t('helpdesk:caller.notNow')} /> : null}
      {view.state === 'looking' ? null : (
        <>
          {code ? null : <p className="lead">{t('helpdesk:caller.lead')}</p>}
          <p>{t('helpdesk:caller.what')}</p>
          {!code && view.state !== 'nothing' ? <p>{t('helpdesk:caller.ready')}</p> : null}
          <form method="post" action="?" aria-label={make}>
            <FormOwner />
            <input type="hidden" name="width" />
            <input type="hidden" name="renewal" />
            {hasCode ? <input type="hidden" name="replace" value="1" /> : null}
            <button className={code ? 'button button--quiet' : 'button'} type="submit" name="do" value="code">
              {make}
            </button>
          </form>
        </>
      )}
      <p>
        <a
          id="call-refresh"
          data-state={view.state}
          data-check={code?.callerCheck}
          data-renewals={renewals}
          href={`/${language}/helpdesk/with-me`}
        >
          {t('helpdesk:caller.refresh')}
        </a>{' '}
        · <a href={`/${language}/who-looked`}>{t('audit:title')}</a>
      </p>
      <InlineScript code={followCall} />
    </>
  );
}

function Looking({ view }: { readonly view: CallerView }) {
  const t = useT();
  return (
    <Notice tone="plain" title={t('helpdesk:caller.looking', { number: String(view.agentNumber ?? '') })} live>
      <p>{t('helpdesk:caller.lookingMore', { time: view.until ?? '' })}</p>
      <form method="post" action="?" aria-label={t('helpdesk:caller.stop')}>
        <FormOwner />
        <Submit name="do" value="stop" label={t('helpdesk:caller.stop')} />
      </form>
    </Notice>
  );
}

function Numbers({ code }: { readonly code: { readonly digits: string; readonly callerCheck: string } }) {
  const { language, t, ownLanguage } = useWords();
  const said = spokenCode(code.digits, ownLanguage);
  return (
    <>
      <div id="code-dead" hidden>
        <Notice tone="bad" live answers={false} text={t('helpdesk:caller.dead')} />
      </div>
      <div id="code-numbers">
        <Section title={t('helpdesk:caller.first')} answer>
          <p className="code" dir="ltr" data-code="check">
            {code.callerCheck}
          </p>
          <p>{t('helpdesk:caller.firstMore')}</p>
          <p>
            <strong>{t('helpdesk:caller.then')}</strong>
          </p>
          <p className="code code--large" dir="ltr" data-code="digits">
            {code.digits.slice(0, 4)} {code.digits.slice(4)}
          </p>
          {said && language !== ownLanguage ? (
            <p>
              {t('helpdesk:caller.sayIt')}
              <br />
              <bdi lang={ownLanguage} dir="ltr" translate="no">
                {said}
              </bdi>
            </p>
          ) : null}
          <p>{t('helpdesk:caller.valid')}</p>
        </Section>
      </div>
    </>
  );
}
