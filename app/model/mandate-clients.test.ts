import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseIn, TODAY } from '../../tests/agency/case';
import type { Stage } from './case';
import { clientRow, filterAndSort, NEEDS, SORTS } from './mandate-clients';
import { deadlinesOf } from './mandate-deadlines';
import { noticeOfDefaultOf } from './notice-of-default';

describe('the need of a case', () => {
  test.each([
    ['documents are asked', caseIn('documents'), 'act'],
    ['the agency is late', caseIn('review', { decideBy: '2026-02-02' }), 'late'],
    ['the decision is out', caseIn('decided'), 'decision'],
    [
      'there is an invitation',
      caseIn('interview', { invitation: { at: '2026-05-01T09:00', place: 'x' } }),
      'appointment',
    ],
    ['the last day is near', caseIn('review', { decideBy: '2026-03-10' }), 'soon'],
    ['nothing is to be done', caseIn('review'), 'none'],
    ['it is closed', caseIn('closed'), 'done'],
    ['it is withdrawn', caseIn('withdrawn'), 'done'],
  ])('%s', (_name, theCase, need) => {
    expect(clientRow('N', theCase, TODAY).need).toBe(need);
  });

  test('sorting keeps every row and puts the greater need first', () => {
    const row = fc
      .tuple(fc.string(), fc.constantFrom<Stage>('documents', 'review', 'decided', 'closed'), fc.uuid())
      .map(([name, stage, id]) => clientRow(name, caseIn(stage, { id }), TODAY));
    const wish = { search: '', procedure: null, stage: null, withinDays: null };
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom(...SORTS), (rows, sort) => {
        const list = filterAndSort(rows, { ...wish, sort }, TODAY);
        expect(list).toHaveLength(rows.length);
        if (sort !== 'need') return;
        const ranks = list.map(({ need }) => NEEDS.indexOf(need));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  test('a search matches name, reference or procedure in any word order', () => {
    const rows = [
      clientRow('Farid Rahimi', caseIn('review'), TODAY),
      clientRow('Amal Haddad', caseIn('review'), TODAY),
    ];
    const find = (search: string) =>
      filterAndSort(rows, { search, procedure: null, stage: null, withinDays: null, sort: 'name' }, TODAY).map(
        ({ name }) => name,
      );
    expect(find('rahimi FARID')).toEqual(['Farid Rahimi']);
    expect(find('1000-0001 gezin')).toHaveLength(2);
    expect(find('nobody')).toEqual([]);
  });
});

describe('notice of default', () => {
  test('is possible the day after the last day; two weeks remain', () => {
    expect(noticeOfDefaultOf(caseIn('review', { decideBy: '2026-03-10' }), TODAY)).toMatchObject({
      possibleFrom: '2026-03-11',
      decideBy: '2026-03-25',
      isPossible: false,
    });
    expect(noticeOfDefaultOf(caseIn('review', { decideBy: '2026-02-27' }), TODAY)?.isPossible).toBe(true);
  });

  test('is null while paused, once decided, and before the rule', () => {
    expect(noticeOfDefaultOf(caseIn('documents', { suspension: { reason: 'x' } }), TODAY)).toBeNull();
    expect(noticeOfDefaultOf(caseIn('decided'), TODAY)).toBeNull();
    expect(noticeOfDefaultOf(caseIn('review', { received: '2009-09-30', decideBy: '2026-03-10' }), TODAY)).toBeNull();
  });
});

test('deadlines are sorted and include what the client must do', () => {
  const days = deadlinesOf(caseIn('documents', { request: { until: '2026-03-20', papers: ['income'] } }), TODAY);
  expect(days.map(({ kind }) => kind)).toEqual(['papers', 'decision', 'notice']);
});

test('an invitation has its time and place, however it is written', () => {
  for (const at of ['2026-03-20T09:30', '2026-03-20T09:30:00']) {
    const invited = caseIn('interview', { invitation: { at, place: 'Plein 1, Stad' } });
    expect(deadlinesOf(invited, TODAY)[0]).toEqual({
      kind: 'invitation',
      date: '2026-03-20',
      at: { time: '09:30', place: 'Plein 1, Stad' },
    });
  }
});
