import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { inDigitsOf } from '~/i18n/numbers';
import { useWords } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import { jsonFrom } from '~/ui/use-renewed';
import type { HoldView, TimeLeft } from './hold.server';

/** With so many seconds left the page offers more time (WCAG 2.2.1: at least 20 seconds before). */
const SOON = 60;

interface CountdownProps {
  readonly hold: HoldView;
  /** The id of the page's form: without scripts the button posts all of it, so no input is lost. */
  readonly form: string;
}

/** Until when the slot is kept, the time left, and the button for more time. */
export function Countdown({ hold: loaded, form }: CountdownProps) {
  const { language, t } = useWords();
  const more = useMutation({ mutationFn: () => askLonger(language, loaded.id), networkMode: 'always' });
  const hold = { ...loaded, ...more.data };
  const left = useSecondsLeft(hold);
  return (
    <>
      <p>
        {t('appointment:hold.kept', { time: hold.until })}{' '}
        {left === null ? null : (
          <span className="soft" role="timer" aria-live="off">
            {t('appointment:hold.left', { time: inDigitsOf(language, clock(left)) })}
          </span>
        )}
      </p>
      <div role="status">
        {left !== null && left <= SOON ? (
          <Notice
            tone="care"
            text={hold.canExtend ? t('appointment:hold.soon') : t('appointment:hold.lastTime', { time: hold.until })}
          />
        ) : null}
        {more.data && hold.canExtend && left !== null && left > SOON
          ? t('appointment:hold.extended', { time: hold.until })
          : null}
        {more.error ? <Notice tone="bad" text={t('appointment:hold.notExtended', { time: hold.until })} /> : null}
      </div>
      {hold.canExtend ? (
        <button
          className="button button--quiet"
          type="submit"
          name="do"
          value="extend"
          form={form}
          formNoValidate
          aria-disabled={more.isPending || undefined}
          onClick={(click) => {
            click.preventDefault();
            // `disabled` would take the focus away.
            if (!more.isPending) more.mutate();
          }}
        >
          {t('appointment:hold.extend')}
        </button>
      ) : null}
    </>
  );
}

/** The form button's request without leaving the page. An answer that is not JSON means that the session ended. */
const askLonger = (language: string, id: string): Promise<TimeLeft> =>
  jsonFrom(`/${language}/holds/${id}/longer`, { method: 'POST' });

/**
 * Counts down from the server's seconds by the browser's monotonic clock, so a wrong phone clock does not matter. Null
 * before hydration. At zero the page reloads to show the hold's state.
 */
function useSecondsLeft({ id, until, secondsLeft }: HoldView): number | null {
  const start = useRef<{ until: string; at: number } | null>(null);
  const { data } = useQuery({
    queryKey: ['hold', id, until],
    queryFn: () => {
      if (start.current?.until !== until) start.current = { until, at: performance.now() };
      return Math.max(0, Math.ceil(secondsLeft - (performance.now() - start.current.at) / 1000));
    },
    refetchInterval: 1_000,
    refetchIntervalInBackground: true,
    networkMode: 'always',
    staleTime: 0,
  });
  useEffect(() => {
    if (data === 0) location.replace(location.pathname);
  }, [data]);
  return data ?? null;
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
