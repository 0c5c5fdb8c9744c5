import type { Random } from './random';

/** A factor on a procedure's inflow or a team's capacity between two days of the simulation. */
export interface Shock {
  readonly what: 'inflow' | 'capacity';
  /** A procedure or team; `*` means all. */
  readonly target: string;
  readonly fromDay: number;
  readonly toDay: number;
  readonly factor: number;
}

/**
 * Three shocks at random days of the simulation: applications surge, a team loses people, and later extra people reduce
 * the backlog of the teams that were hit.
 */
export function threeShocks(chance: Random, days: number): Shock[] {
  const between = (low: number, high: number): number => low + (high - low) * chance.next();
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance.next() * from.length)];
  const surge = Math.round(between(0.3, 0.42) * days);
  const loss = Math.round(between(0.48, 0.58) * days);
  const drain = Math.round(between(0.68, 0.76) * days);
  const surging = ['asylum', pick(['family', 'work', 'visa']) ?? 'family'];
  const losing = [pick(['naturalisation', 'permanent']) ?? 'permanent', pick(['family', 'renewal']) ?? 'renewal'];
  const shocks: Shock[] = surging.map((target, i) => ({
    what: 'inflow',
    target,
    fromDay: surge,
    toDay: surge + Math.round(between(120, 210)),
    factor: i === 0 ? between(2.1, 2.8) : between(1.5, 2),
  }));
  for (const target of losing) {
    const toDay = loss + Math.round(between(110, 190));
    shocks.push({ what: 'capacity', target, fromDay: loss, toDay, factor: between(0.5, 0.65) });
  }
  for (const target of new Set([...surging, ...losing, 'hearings'])) {
    const toDay = drain + Math.round(between(140, 230));
    shocks.push({ what: 'capacity', target, fromDay: drain, toDay, factor: between(1.4, 1.8) });
  }
  return shocks;
}
