import { describe, expect, test } from 'vitest';
import { honestMonth } from '../../../tests/insider/month';
import { PLANTS, type Planted } from '../../../tests/insider/plants';
import type { AuditEvent } from '../audit-event';
import { type Alert, alertsIn, PATTERNS } from './patterns';

const SEEDS = [1, 2];
/** `AGENCY_SEEDS=71,72,73` runs months of 120 employees, half a minute each; the default is one month of forty. */
const AGENCY_SEEDS = (process.env.AGENCY_SEEDS ?? '2026').split(',').map(Number);
const EMPLOYEES = process.env.AGENCY_SEEDS ? 120 : 40;
/** How often each pattern is planted in one month. */
const COPIES = 2;

/** Alerts without any planted event, by employee and week. */
function falseAlerts(alerts: readonly Alert[], planted: readonly Planted[]): Map<string, number> {
  const plantedIds = new Set(planted.flatMap(({ eventIds }) => eventIds));
  const counts = new Map<string, number>();
  for (const { actor, week, eventIds } of alerts) {
    if (eventIds.some((id) => plantedIds.has(id))) continue;
    const key = `${actor} ${week}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const isReported = (alerts: readonly Alert[], { pattern, actor, eventIds }: Planted) =>
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

/** False alerts per employee and week, and the share of weeks with more than one. */
function falseRates({ month, planted, alerts }: ReturnType<typeof monthWithPlants>) {
  const counts = [...falseAlerts(alerts, planted).values()];
  const weeks = (month.staff.length + month.advisors.length) * 4;
  return {
    each: counts.reduce((sum, count) => sum + count, 0) / weeks,
    several: counts.filter((count) => count > 1).length / weeks,
  };
}

describe('a simulated month of twelve employees and five advisors', () => {
  test('finds 95 of 100 plants with few false alerts', () => {
    const missed = months.flatMap(({ planted, alerts }, n) =>
      planted.filter((each) => !isReported(alerts, each)).map(({ pattern }) => `${SEEDS[n]} ${pattern}`),
    );
    expect(missed.length / (SEEDS.length * PATTERNS.length), missed.join(', ')).toBeLessThanOrEqual(0.05);
    for (const month of months) expect(falseRates(month).each).toBeLessThan(0.5);
  });

  test('raises hardly any alert when nobody misuses anything', () => {
    const month = honestMonth(101);
    const alerts = alertsIn(month.events, month.facts());
    const { each, several } = falseRates({ month, planted: [], alerts });
    expect(each).toBeLessThan(0.3);
    expect(several).toBeLessThan(0.05);
  });
});

// No rule was tuned on these seeds.
test.each(AGENCY_SEEDS)(
  "an agency's month (seed %i) has high recall and few false alerts",
  (seed) => {
    const agency = monthWithPlants(seed, EMPLOYEES, COPIES);
    const missed = agency.planted.filter((each) => !isReported(agency.alerts, each)).map(({ pattern }) => pattern);
    const { each, several } = falseRates(agency);
    const recall = 1 - missed.length / agency.planted.length;
    const rounded = (rate: number) => rate.toFixed(3);
    console.log(
      `insiders, seed ${seed}: recall ${rounded(recall)} of ${agency.planted.length} planted (missed: ${missed.join(', ') || 'none'}); ` +
        `${rounded(each)} false alerts an employee and week, more than one in ${rounded(several)} of the weeks`,
    );
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(each).toBeLessThan(0.3);
    expect(several).toBeLessThan(0.05);
  },
  120_000,
);

describe('alerts', () => {
  test('do not depend on the order of the events', () => {
    for (const { month, alerts } of months.slice(0, 1))
      expect(alertsIn(month.events.toReversed(), month.facts())).toEqual(alerts);
  });

  test('name a logged actor, a Monday, logged events and a reason', () => {
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

  test('skip looks without a call when no telephone log is given', () => {
    for (const { month } of months.slice(0, 1)) {
      const alerts = alertsIn(month.events, { ...month.facts(), calls: null });
      expect(alerts.filter(({ pattern }) => pattern === 'no-call')).toEqual([]);
    }
  });

  test("wait until an emergency's time to be confirmed is over", () => {
    const month = honestMonth(10);
    month.events.length = 0;
    const id = month.add(Date.parse('2026-03-10T10:00:00Z'), 'employee-1', { action: 'break-glass', objectRef: 'r' });
    const at = (asOf: string) => alertsIn(month.events, { ...month.facts(), asOf }).map(({ eventIds }) => eventIds);
    expect(at('2026-03-10T10:14:00Z')).toEqual([]);
    expect(at('2026-03-10T10:16:00Z')).toEqual([[id]]);
  });
});
