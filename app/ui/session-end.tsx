import { WARN_BEFORE } from '~/enhance/session-end';
import script from '~/enhance/session-end?inline-script';
import { useWords } from '~/i18n/use-t';
import { Submit } from './buttons';
import { InlineScript } from './inline-script';

interface SessionEndProps {
  readonly end: { readonly seconds: number; readonly at: string; readonly final: boolean };
}

/**
 * Warns that the session is about to end, and offers more time. Without scripts a delay in the style sheet brings the
 * warning; with them enhance/session-end.ts asks the server first.
 */
export function SessionEndWarning({ end }: SessionEndProps) {
  return (
    <>
      <SessionEndBox end={end} id="session-end" />
      <InlineScript code={script} />
    </>
  );
}

/** What the warning says, without what brings it up. */
export function SessionEndBox({ end, id }: SessionEndProps & { readonly id: string }) {
  const { language, t } = useWords();
  const text = t(end.final ? 'common:session.soonFinal' : 'common:session.soonText', { time: '{{time}}' });
  const [before, after] = text.split('{{time}}');
  return (
    <section
      className="session-end"
      id={id}
      role="alert"
      data-seconds={end.seconds}
      data-here={`/${language}/still-here`}
      data-away={`/${language}/sign-in?reason=expired`}
    >
      <h2>{t('common:session.soon')}</h2>
      <p>
        {before}
        <span data-time="">{end.at}</span>
        {after}
      </p>
      {end.final ? null : (
        <form
          method="post"
          action={`/${language}/still-here`}
          target="_blank"
          rel="noopener"
          aria-label={t('common:session.stay')}
        >
          <Submit label={t('common:session.stay')} />
        </form>
      )}
    </section>
  );
}

/** When the warning comes without scripts; stands in the head, where a style may be. */
export function SessionEndDelay({ end, nonce }: SessionEndProps & { readonly nonce: string | undefined }) {
  return <style nonce={nonce}>{`.session-end{animation-delay:${Math.max(0, end.seconds - WARN_BEFORE)}s}`}</style>;
}
