import { useT } from '~/i18n/use-t';
import { Fold } from '~/ui/fold';
import type { ChangeView, WaitView } from './wait-view.server';

interface WaitHistoryProps {
  readonly change: ChangeView | null;
  readonly history: Exclude<WaitView, { trust: 'decided' }>['history'];
}

/** What changed since the last visit and why, and the earlier ranges. Collapsed at first. */
export function WaitHistory({ change, history }: WaitHistoryProps) {
  const t = useT();
  if (!change) return null;
  return (
    <Fold title={t('case:wait.changeTitle', { date: change.since })}>
      <p>
        {change.shift === 'later' || change.shift === 'earlier'
          ? t(`case:wait.moved.${change.shift}`, { count: change.days })
          : t(`case:wait.moved.${change.shift}`)}
      </p>
      {change.causes.length > 0 ? (
        <ul>
          {change.causes.map((cause) => (
            <li key={cause}>{t(`case:wait.cause.${cause}`)}</li>
          ))}
        </ul>
      ) : null}
      <h3>{t('case:wait.history')}</h3>
      <dl className="facts">
        {history.map(({ on, low, high }) => (
          <div key={on}>
            <dt>{on}</dt>
            <dd>
              {low && high
                ? t('case:wait.told', { low, high })
                : low
                  ? t('case:wait.toldFrom', { low })
                  : t('case:wait.toldNothing')}
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}
