import { byStart, plannerWith } from './planner';
import type { ScriptedAnswer } from './scripted-gate';

/** Every form of none that planners send. */
export const NONE = [null, undefined, '', ' ', '.', {}] as const;

export const ZMS = { kind: 'zms', products: { BIO: '7101' } };
export const OFFICE = { id: 31001, name: 'Desk', slotTimeInMinutes: 10, scope: { id: 1 } };
export const CATALOGUE = {
  offices: [OFFICE],
  services: [{ id: 7101 }],
  relations: [{ officeId: 31001, serviceId: 7101, slots: 1 }],
};
export const HELD = '101002.fb43.31001';
export const PROCESS = { processId: 101002, authKey: 'fb43', timestamp: '1806390000', status: 'confirmed' };

export const zms = (answers: Readonly<Record<string, ScriptedAnswer>>, settings: object = {}) =>
  plannerWith(
    { ...ZMS, ...settings },
    byStart({ 'GET /offices': { body: CATALOGUE }, 'POST /': { body: PROCESS }, ...answers }),
  );
export const withScope = (scope: object, settings: object = {}) =>
  zms({ 'GET /offices': { body: { ...CATALOGUE, offices: [{ ...OFFICE, scope: { id: 1, ...scope } }] } } }, settings);
