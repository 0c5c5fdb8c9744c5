import { useT } from '~/i18n/use-t';
import type { SlotView } from './free-times.server';

interface SlotsProps {
  readonly slots: readonly SlotView[];
  readonly withDay?: boolean;
  /** The address of the search page, when used on another page. */
  readonly action?: string;
  /** Shows the times without a way to choose one. */
  readonly isClosed?: boolean;
}

/** Each slot is a button: choosing is one tap, with or without scripts. */
export function Slots({ slots, withDay, action, isClosed }: SlotsProps) {
  const t = useT();
  if (isClosed) return <ClosedSlots slots={slots} />;
  const [first] = slots;
  return (
    <form method="post" action={action} aria-label={withDay || !first ? t('appointment:search.all') : first.day}>
      <ul className="slots">
        {slots.map((slot) => (
          <li key={slot.id}>
            <button className="button button--quiet button--slot" type="submit" name="slot" value={slot.id}>
              {withDay ? <span>{slot.day} </span> : <span className="hidden">{slot.day} </span>}
              <strong>{slot.time}</strong> <bdi>{slot.desk}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

const ClosedSlots = ({ slots }: Pick<SlotsProps, 'slots'>) => (
  <ul className="slots">
    {slots.map((slot) => (
      <li key={slot.id}>
        <strong>{slot.time}</strong> <bdi>{slot.desk}</bdi>
      </li>
    ))}
  </ul>
);
