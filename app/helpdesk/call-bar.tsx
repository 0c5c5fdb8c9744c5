import { useLocation } from '~/framework/react';
import { useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Whole } from '~/ui/whole';
import type { CallBarView } from './call-bar.server';
import { ONLY_CALLER } from './in-view';
import { ViewAsGuard } from './view-as-guard';

/**
 * The employee's bar, which stays above the caller's page: which call, who looks, until when, the caller's cases, and the
 * button that ends it.
 */
export function CallBar({ call }: { readonly call: CallBarView }) {
  const { language, t } = useWords();
  const { pathname, search } = useLocation();
  const here = `/${language}/helpdesk/calls/${call.id}`;
  return (
    <>
      <div className="call-bar">
        <p>
          <strong>{t('helpdesk:view.mark', { number: String(call.agentNumber), time: call.until })}</strong>{' '}
          <span className="call-bar__left" data-left={call.secondsLeft} dir="ltr" hidden />
          {' · '}
          <bdi>{call.callId}</bdi>
          {' · '}
          {t('helpdesk:bar.now')}{' '}
          <span data-clock={call.now.milliseconds} data-zone={call.now.zone}>
            {call.now.time}
          </span>
        </p>
        <nav aria-label={t('helpdesk:view.cases')}>
          {call.whole ? <a href={`${here}/view`}>{t('helpdesk:view.list')}</a> : null}
          {call.cases.map(({ ref, reference }) => (
            <span key={ref}>
              {call.whole ? ' · ' : null}
              <a href={`${here}/view/${ref}`}>
                <Whole text={reference} />
              </a>
            </span>
          ))}
        </nav>
        <form method="post" action={here} aria-label={t('helpdesk:view.end')}>
          <Submit name="do" value="end" label={t('helpdesk:view.end')} quiet />
        </form>
        {call.idleAt ? (
          <p className="call-bar__idle" role="alert">
            {t('helpdesk:bar.idle', { time: call.idleAt })} <a href={pathname + search}>{t('helpdesk:bar.stay')}</a>
          </p>
        ) : null}
      </div>
      <p className="soft" id={ONLY_CALLER}>
        {t('helpdesk:bar.only')}
      </p>
      {call.whole ? null : (
        <p>
          <strong>{t('helpdesk:callBack.only')}</strong>
        </p>
      )}
      <ViewAsGuard alive={call.page ? `${here}/alive?page=${call.page}` : `${here}/alive`} over={here} />
    </>
  );
}
