import type { Outlook } from '~/agency/statistics.server';

/** A scenario: percent more or fewer applications and capacity, for a number of weeks. */
export interface WhatIf {
  readonly inflow: number;
  readonly capacity: number;
  readonly weeks: number;
}

const WHAT_IF_FIELDS = ['inflow', 'capacity', 'weeks'] as const satisfies (keyof WhatIf)[];

/** Limits of the agency's simulation. */
const LEAST_PERCENT = -90;
const MOST_PERCENT = 400;
const MOST_WEEKS = 52;

export function whatIfForm(search: URLSearchParams): Record<keyof WhatIf, string> {
  return {
    inflow: search.get('inflow') ?? '50',
    capacity: search.get('capacity') ?? '-10',
    weeks: search.get('weeks') ?? '13',
  };
}

/** The scenario in an address, its invalid fields, or null without one. Accepts a typographic minus sign. */
export function parseWhatIf(search: URLSearchParams): WhatIf | { readonly wrong: readonly (keyof WhatIf)[] } | null {
  if (!search.has('weeks')) return null;
  const form = whatIfForm(search);
  const scenario: WhatIf = {
    inflow: parseNumber(form.inflow),
    capacity: parseNumber(form.capacity),
    weeks: parseNumber(form.weeks),
  };
  const isPercent = (value: number) => value >= LEAST_PERCENT && value <= MOST_PERCENT;
  const valid = {
    inflow: isPercent(scenario.inflow),
    capacity: isPercent(scenario.capacity),
    weeks: Number.isInteger(scenario.weeks) && scenario.weeks >= 1 && scenario.weeks <= MOST_WEEKS,
  };
  const wrong = WHAT_IF_FIELDS.filter((field) => !valid[field]);
  return wrong.length === 0 ? scenario : { wrong };
}

export const outlookOf = ({ inflow, capacity, weeks }: WhatIf): Outlook => ({
  weeks,
  inflow: Math.round(100 + inflow) / 100,
  capacity: Math.round(100 + capacity) / 100,
});

function parseNumber(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.').replace(/^\+/, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}
