import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../audit-event';
import { honestMonth } from './month.testing';
import { type Alert, alertsIn, PATTERNS } from './patterns';
import { PLANTS, type Planted } from './plants.testing';

const SEEDS = [1, 2];
/** `AGENCY_SEEDS=71,72,73` tells months of 120 employees, half a minute each; by default it is one of forty. */
const AGENCY_SEEDS = (process.env.AGENCY_SEEDS ?? '2026').split(',').map(Number);
const EMPLOYEES = process.env.AGENCY_SEEDS ? 120 : 40;
/** How often each pattern is planted in one month. */
const COPIES = 2;

/** Alerts that touch nothing of what was planted, by employee and week. */
function falseOnes(alerts: readonly Alert[], planted: readonly Planted[]): Map<string, number> {
  const wrong = new Set(planted.flatMap(({ eventIds }) => eventIds));
  const counts = new Map<string, number>();
  for (const { actor, week, eventIds } of alerts) {
    if (eventIds.some((id) => wrong.has(id))) continue;
    const key = `${actor} ${week}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const isFound = (alerts: readonly Alert[], { pattern, actor, eventIds }: Planted) =>
  alerts.some(
    (alert) => alert.pattern === pattern && alert.actor === actor && alert.eventIds.some((id) => eventIds.includes(id)),
  );

function monthWithPlants(seed: number, employees?: number, copies = 1) {
  const month = honestMonth(seed, employees);
  const planted = Array.from({ length: copies }, () =>
    PATTERNS.map((pattern): Planted => ({ pattern, ...PLANTS[pattern](month) })),
  ).flat();
  return { month, planted, alerts: alertsIn(month.events, month.facts()) };
}

const months = SEEDS.map((seed) => monthWithPlants(seed));

/** Of everybody's weeks: false alerts for each, and the part of them in which there was more than one. */
function falseRates({ month, planted, alerts }: ReturnType<typeof monthWithPlants>) {
  const counts = [...falseOnes(alerts, planted).values()];
  const weeks = (month.staff.length + month.advisors.length) * 4;
  return {
    each: counts.reduce((sum, count) => sum + count, 0) / weeks,
    several: counts.filter((count) => count > 1).length / weeks,
  };
}

describe('a simulated month of twelve employees and five advisors', () => {
  test('of what was planted at least 95 of 100 are found, with less than one false alert an employee and week', () => {
    const missed = months.flatMap(({ planted, alerts }, n) =>
      planted.filter((each) => !isFound(alerts, each)).map(({ pattern }) => `${SEEDS[n]} ${pattern}`),
    );
    expect(missed.length / (SEEDS.length * PATTERNS.length), missed.join(', ')).toBeLessThanOrEqual(0.05);
    for (const month of months) expect(falseRates(month).each).toBeLessThan(0.5);
  });

  test('where nobody does wrong hardly anybody is asked anything', () => {
    const month = honestMonth(101);
    const alerts = alertsIn(month.events, month.facts());
    const { each, several } = falseRates({ month, planted: [], alerts });
    expect(each).toBeLessThan(0.3);
    expect(several).toBeLessThan(0.05);
  });
});

// No rule was tuned on these: other numbers measure anew.
test.each(AGENCY_SEEDS)(
  'a month of an agency (seed %i): each pattern is found, and few who did nothing are asked',
  (seed) => {
    const agency = monthWithPlants(seed, EMPLOYEES, COPIES);
    const missed = agency.planted.filter((each) => !isFound(agency.alerts, each)).map(({ pattern }) => pattern);
    const { each, several } = falseRates(agency);
    const recall = 1 - missed.length / agency.planted.length;
    const part = (rate: number) => rate.toFixed(3);
    console.log(
      `insiders, seed ${seed}: recall ${part(recall)} of ${agency.planted.length} planted (missed: ${missed.join(', ') || 'none'}); ` +
        `${part(each)} false alerts an employee and week, more than one in ${part(several)} of the weeks`,
    );
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(each).toBeLessThan(0.3);
    expect(several).toBeLessThan(0.05);
  },
  120_000,
);

describe('what a reader of the alerts can build on', () => {
  test('the order in which events come changes nothing', () => {
    for (const { month, alerts } of months.slice(0, 1))
      expect(alertsIn(month.events.toReversed(), month.facts())).toEqual(alerts);
  });

  test('each names a person on record, a Monday, events of the record and a reason', () => {
    for (const { month, alerts } of months) {
      const byId = new Map(month.events.map((event) => [event.operationId, event]));
      for (const { actor, week, eventIds, why } of alerts) {
        expect(new Date(week).getUTCDay()).toBe(1);
        expect(why).toMatch(/\w+ \w+/);
        const events = eventIds.map((id) => byId.get(id));
        expect(events).not.toContain(undefined);
        expect(events.some((event): event is AuditEvent => event?.actor === actor)).toBe(true);
      }
    }
  });

  test('without the telephone system’s list nobody is blamed for a look without a call', () => {
    for (const { month } of months.slice(0, 1)) {
      const alerts = alertsIn(month.events, { ...month.facts(), calls: null });
      expect(alerts.filter(({ pattern }) => pattern === 'no-call')).toEqual([]);
    }
  });

  test('an emergency is asked about only when its time to be confirmed is over', () => {
    const month = honestMonth(10);
    month.events.length = 0;
    const id = month.add(Date.parse('2026-03-10T10:00:00Z'), 'employee-1', { action: 'break-glass', objectRef: 'r' });
    const at = (asOf: string) => alertsIn(month.events, { ...month.facts(), asOf }).map(({ eventIds }) => eventIds);
    expect(at('2026-03-10T10:14:00Z')).toEqual([]);
    expect(at('2026-03-10T10:16:00Z')).toEqual([[id]]);
  });
});
