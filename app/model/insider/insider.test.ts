import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../audit-event';
import { honestMonth } from './month.testing';
import { type Alert, alertsIn, PATTERNS } from './patterns';
import { PLANTS, type Planted } from './plants.testing';

const SEEDS = [1, 2, 3];

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

function monthWithPlants(seed: number) {
  const month = honestMonth(seed);
  const planted = PATTERNS.map((pattern): Planted => ({ pattern, ...PLANTS[pattern](month) }));
  return { month, planted, alerts: alertsIn(month.events, month.facts()) };
}

const months = SEEDS.map(monthWithPlants);

describe('a simulated month of twelve employees and five advisors', () => {
  test('of what was planted at least 95 of 100 are found, with at most one false alert an employee and week', () => {
    const missed = months.flatMap(({ planted, alerts }, n) =>
      planted.filter((each) => !isFound(alerts, each)).map(({ pattern }) => `${SEEDS[n]} ${pattern}`),
    );
    expect(missed.length / (SEEDS.length * PATTERNS.length), missed.join(', ')).toBeLessThanOrEqual(0.05);
    for (const { planted, alerts } of months)
      expect(Math.max(0, ...falseOnes(alerts, planted).values())).toBeLessThanOrEqual(1);
  });

  test('where nobody does wrong hardly anybody is asked anything', () => {
    const month = honestMonth(101);
    const counts = [...falseOnes(alertsIn(month.events, month.facts()), []).values()];
    const weeks = (month.staff.length + month.advisors.length) * 4;
    expect(Math.max(0, ...counts)).toBeLessThanOrEqual(1);
    expect(counts.length / weeks).toBeLessThanOrEqual(0.05);
  });
});

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
