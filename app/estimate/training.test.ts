import { expect, test } from 'vitest';
import { steadyTables } from '../../tests/estimate/arbitrary-tables';
import { trainInSteps } from './training';

test('each procedure is learned as of its own newest week', () => {
  const [study, family] = [steadyTables('study', 30, 40, 0.4), steadyTables('family', 40, 30, 0.3)];
  const steps = (tables: (typeof study)[]) => [...trainInSteps({ tables, termDays: {} })];
  const [unchecked, both] = steps([study, family]);
  expect([unchecked?.asOf, both?.asOf]).toEqual([family.asOf, family.asOf]);
  expect(both?.model.procedures).toMatchObject({ study: { asOf: study.asOf }, family: { asOf: family.asOf } });
  const [, alone] = steps([study]);
  expect(both?.model.procedures.study).toEqual(alone?.model.procedures.study);
  expect(both?.figures.map(({ procedure }) => procedure).sort()).toEqual(['family', 'study']);
});
