import type { Outlook } from '~/agency/statistics.server';

/** A what-if as it is asked: percent more or fewer, for so many weeks. */
export interface WhatIf {
  readonly inflow: number;
  readonly capacity: number;
  readonly weeks: number;
}

export const WHAT_IF_FIELDS = ['inflow', 'capacity', 'weeks'] as const satisfies (keyof WhatIf)[];

/** What the simulation can do. */
const LEAST_PERCENT = -90;
const MOST_PERCENT = 400;
const MOST_WEEKS = 52;

/** What stands in the form: as it was sent, or an example. */
export function whatIfForm(search: URLSearchParams): Record<keyof WhatIf, string> {
  return {
    inflow: search.get('inflow') ?? '50',
    capacity: search.get('capacity') ?? '-10',
    weeks: search.get('weeks') ?? '13',
  };
}

/** Null where nothing was asked; else what was, or the fields that make no sense. Takes the minus sign of a text as well. */
export function whatIfIn(search: URLSearchParams): WhatIf | { readonly wrong: readonly (keyof WhatIf)[] } | null {
  if (!search.has('weeks')) return null;
  const form = whatIfForm(search);
  const asked: WhatIf = {
    inflow: numberIn(form.inflow),
    capacity: numberIn(form.capacity),
    weeks: numberIn(form.weeks),
  };
  const isPercent = (value: number) => value >= LEAST_PERCENT && value <= MOST_PERCENT;
  const fine = {
    inflow: isPercent(asked.inflow),
    capacity: isPercent(asked.capacity),
    weeks: Number.isInteger(asked.weeks) && asked.weeks >= 1 && asked.weeks <= MOST_WEEKS,
  };
  const wrong = WHAT_IF_FIELDS.filter((field) => !fine[field]);
  return wrong.length === 0 ? asked : { wrong };
}

/** As factors, for the agency's simulation. */
export const outlookOf = ({ inflow, capacity, weeks }: WhatIf): Outlook => ({
  weeks,
  inflow: Math.round(100 + inflow) / 100,
  capacity: Math.round(100 + capacity) / 100,
});

function numberIn(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.').replace(/^\+/, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
