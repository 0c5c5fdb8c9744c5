import { useWords } from '~/i18n/use-t';
import { Watch } from './side-by-side';

export interface CallBarView {
  readonly id: string;
  readonly page: string | null;
  readonly agentNumber: number;
  readonly until: string;
  /** Not only one case, and of it the stage and the appointment. */
  readonly whole: boolean;
  readonly cases: readonly { readonly ref: string; readonly reference: string }[];
}

/** The employee's own part of the page, outside the caller's: who looks, until when, what else there is, the end. */
export function CallBar({ call }: { readonly call: CallBarView }) {
  const { language, t } = useWords();
  const here = `/${language}/helpdesk/calls/${call.id}`;
  return (
    <>
      <div className="call-bar">
        <p>
          <strong>{t('helpdesk:view.mark', { number: call.agentNumber, time: call.until })}</strong>
        </p>
        <nav aria-label={t('helpdesk:view.cases')}>
          {call.whole ? <a href={`${here}/view`}>{t('helpdesk:view.list')}</a> : t('helpdesk:callBack.only')}
          {call.cases.map(({ ref, reference }) => (
            <span key={ref}>
              {' · '}
              <a href={`${here}/view/${ref}`}>
                <bdi translate="no">{reference}</bdi>
              </a>
            </span>
          ))}
        </nav>
        <form method="post" action={here}>
          <button className="button button--quiet" type="submit" name="do" value="end">
            {t('helpdesk:view.end')}
          </button>
        </form>
      </div>
      <Watch alive={call.page ? `${here}/alive?page=${call.page}` : `${here}/alive`} over={here} />
    </>
  );
}
