import { useWords } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Whole } from '~/ui/whole';
import type { CallBarView } from './call-bar.server';
import { ViewAsGuard } from './view-as-guard';

/**
 * The employee's bar above the caller's page: who looks, until when, the caller's other cases, and the button that ends
 * it.
 */
export function CallBar({ call }: { readonly call: CallBarView }) {
  const { language, t } = useWords();
  const here = `/${language}/helpdesk/calls/${call.id}`;
  return (
    <>
      <div className="call-bar">
        <p>
          <strong>{t('helpdesk:view.mark', { number: String(call.agentNumber), time: call.until })}</strong>
        </p>
        <nav aria-label={t('helpdesk:view.cases')}>
          {call.whole ? <a href={`${here}/view`}>{t('helpdesk:view.list')}</a> : t('helpdesk:callBack.only')}
          {call.cases.map(({ ref, reference }) => (
            <span key={ref}>
              {' · '}
              <a href={`${here}/view/${ref}`}>
                <Whole text={reference} />
              </a>
            </span>
          ))}
        </nav>
        <form method="post" action={here} aria-label={t('helpdesk:view.end')}>
          <Submit name="do" value="end" label={t('helpdesk:view.end')} quiet />
        </form>
      </div>
      <ViewAsGuard alive={call.page ? `${here}/alive?page=${call.page}` : `${here}/alive`} over={here} />
    </>
  );
}
