import fc from 'fast-check';
import { expect, test } from 'vitest';
import { waitingOf } from '~/model/estimate/public-figures';
import { train } from '~/model/estimate/train';
import { countTables } from '../../mocks/statistics/count-tables';
import { simulate } from '../../mocks/statistics/simulate';
import { arbitraryTables, steadyTables } from '../../tests/estimate/arbitrary-tables';
import { caseEstimate } from './case-estimate';
import { roughEstimate } from './public-estimate';

test('a case has a range exactly when the public page has one', () => {
  fc.assert(
    fc.property(
      arbitraryTables,
      fc.constantFrom('received', 'review', 'documents', ''),
      fc.nat(1_000),
      fc.nat(1_000),
      fc.constantFrom(undefined, { trust: 'none' as const }, { trust: 'unsettled' as const }),
      (tables, stage, inStageDays, more, staff) => {
        const { procedure } = tables;
        const model = train([tables], tables.asOf, { horizonDays: 200 });
        const waiting = waitingOf(tables);
        const ageDays = inStageDays + more;
        const known = model.procedures[procedure]?.stages.includes(stage) ?? false;
        const age = { leastAge: ageDays, mostAge: ageDays };
        const open = roughEstimate(model, { procedure, stage: known ? stage : null, ...age }, waiting, staff);
        const own = caseEstimate(
          { model, figures: [{ procedure, waiting }] },
          { procedure, stage, inStageDays, ageDays },
          staff,
        );
        if (open.trust !== 'none') expect(own.trust).not.toBe('none');
        // In the first stage the time there is the age; a shorter one is another situation.
        if (own.trust !== 'none' && model.procedures[procedure]?.stages[0] !== stage)
          expect(open.trust).not.toBe('none');
      },
    ),
    { numRuns: 150 },
  );
});

test('a stage without texts or counts has the range of its age', () => {
  const tables = steadyTables('family', 40, 20, 0.3);
  const model = train([tables], tables.asOf);
  const figures = [{ procedure: 'family', waiting: waitingOf(tables) }];
  const own = caseEstimate({ model, figures }, { procedure: 'family', stage: '', inStageDays: 3, ageDays: 40 });
  const open = roughEstimate(model, { procedure: 'family', stage: null, leastAge: 40, mostAge: 40 }, waitingOf(tables));
  expect(own).toEqual(open);
  expect(own.low).not.toBeNull();
});

test('so it is for each procedure and stage of the demo', () => {
  const log = simulate({ seed: 7, weeks: 60, endsOn: '2026-03-02' });
  const tables = countTables(log, '2026-03-02', { weeks: 60 });
  const model = train(tables, '2026-03-02');
  const figures = tables.map((one) => ({ procedure: one.procedure, waiting: waitingOf(one) }));
  const contradictions = tables.flatMap(({ procedure, stages }, index) =>
    ['', ...stages].flatMap((stage) =>
      [0, 20, 90, 300, 900].flatMap((ageDays) => {
        const age = { leastAge: ageDays, mostAge: ageDays };
        const waiting = figures[index]?.waiting ?? null;
        const open = roughEstimate(model, { procedure, stage: stage || null, ...age }, waiting).trust !== 'none';
        // Nobody is longer in a stage than in the case; in the first one it is the same time.
        const spans = stage === stages[0] ? [ageDays] : [0, Math.floor(ageDays / 2), ageDays];
        return spans.flatMap((inStageDays) => {
          const own = caseEstimate({ model, figures }, { procedure, stage, inStageDays, ageDays }).trust !== 'none';
          return own === open ? [] : [`${procedure} ${stage} ${inStageDays} of ${ageDays}: ${own}, public ${open}`];
        });
      }),
    ),
  );
  expect(contradictions).toEqual([]);
});
