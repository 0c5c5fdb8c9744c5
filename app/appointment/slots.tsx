import type { SlotView } from './free-times.server';

interface SlotsProps {
  readonly slots: readonly SlotView[];
  readonly withDay?: boolean;
  /** The search page, on other pages than that. */
  readonly action?: string;
}

/** Each time is a button of its own: choosing is one tap, with or without scripts. */
export function Slots({ slots, withDay, action }: SlotsProps) {
  return (
    <form method="post" action={action}>
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
