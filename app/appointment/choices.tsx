import { useT } from '~/i18n/use-t';
import type { PartOfDay as Part } from '~/model/watch';
import { Select, Tick } from '~/ui/field';

export interface DeskChoice {
  readonly key: string;
  readonly name: string;
  readonly chosen: boolean;
}

export interface WeekdayChoice {
  readonly day: number;
  readonly name: string;
  readonly chosen: boolean;
}

/** The choices with the boxes that the person ticked before a form came back; unchanged without such a form. */
export const asTicked = <Choice extends { readonly chosen: boolean }, Name>(
  choices: readonly Choice[],
  nameOf: (choice: Choice) => Name,
  ticked: readonly Name[] | undefined,
): readonly Choice[] =>
  ticked ? choices.map((choice) => ({ ...choice, chosen: ticked.includes(nameOf(choice)) })) : choices;

interface DesksProps {
  readonly legend: string;
  readonly desks: readonly DeskChoice[];
  readonly error?: string | undefined;
}

/** An error summary links to the first desk. */
export function Desks({ legend, desks, error }: DesksProps) {
  return (
    <fieldset aria-describedby={error ? 'desk-error' : undefined}>
      <legend>{legend}</legend>
      {error ? (
        <p className="field__error" id="desk-error">
          {error}
        </p>
      ) : null}
      {desks.map(({ key, name, chosen }, index) => (
        <Tick key={key} name="desk" value={key} chosen={chosen} {...(error && index === 0 ? { id: 'desk' } : {})}>
          <bdi>{name}</bdi>
        </Tick>
      ))}
    </fieldset>
  );
}

interface WeekdaysProps {
  readonly legend: string;
  readonly weekdays: readonly WeekdayChoice[];
}

export function Weekdays({ legend, weekdays }: WeekdaysProps) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="days">
        {weekdays.map(({ day, name, chosen }) => (
          <Tick key={day} name="day" value={day} chosen={chosen}>
            {name}
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}

export function PartOfDay({ part }: { readonly part: Part }) {
  const t = useT();
  return (
    <Select
      name="part"
      label={t('appointment:search.part')}
      value={part}
      options={(['any', 'morning', 'afternoon'] as const).map(
        (each) => [each, t(`appointment:search.partOf.${each}`)] as const,
      )}
    />
  );
}
