import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEMO_AGENCY, PROCEDURES, reachedIn, STAGES } from '../../tests/agency/agency';
import { caseIn, TODAY } from '../../tests/agency/case';
import { type Answer, answerOf } from './answer';
import type { Case } from './case';
import { isOpen, standingOf } from './case-state';
import { OUTCOMES } from './meaning';
import { addDays } from './time';

/** What a cause of contact ends in on the page; null: the person has to call or come. */
type End = 'answer' | 'date' | 'act' | null;

interface State {
  readonly theCase: Case;
  readonly rangeFrom: string | null;
}

/** Why people call or come, and what the page has for it. */
const CAUSES: Readonly<Record<string, (answer: Answer, state: State) => End>> = {
  'where is it and when is it ready': whenReady,
  'nobody answers the phone': (answer, state) => todo(answer) ?? whenReady(answer, state),
  'a time at a desk': ({ step }) => (step.do === 'visit' ? 'act' : 'answer'),
  // After the decision the page says what it is, or that the letter is the proof.
  'proof of status': ({ decision, state }) =>
    isOpen(state) && DEMO_AGENCY.statement
      ? 'act'
      : state === 'withdrawn' || state === 'decided' || decision?.outcome
        ? 'answer'
        : null,
  'a letter is lost or late': (answer) => inLetter(answer),
  'nothing moves': (answer, state) => (answer.lateness === 'late' && answer.notice ? 'act' : whenReady(answer, state)),
  'papers: which, where and until when': (answer, { theCase }) =>
    answer.step.do !== 'send-papers' ? 'answer' : theCase.request.papers.length > 0 ? todo(answer) : null,
  'late or refused, and what now': ({ decision, notice, period }) => {
    if (decision) return decision.remedy ? 'date' : decision.outcome === 'granted' ? 'answer' : null;
    return notice ? 'date' : period.state === 'over' || period.state === 'paused' ? 'answer' : null;
  },
};

function whenReady({ decision, period, state }: Answer, { rangeFrom }: State): End {
  if (decision?.outcome || state === 'withdrawn') return 'answer';
  if (rangeFrom !== null || ('by' in period && period.by !== null)) return 'date';
  return null;
}

function todo({ step, ways }: Answer): End {
  switch (step.do) {
    case 'pay':
    case 'send-papers':
    case 'respond':
      return ways.step.length > 0 ? 'act' : null;
    case 'visit':
      return 'act';
    case 'attend':
    case 'was-invited':
      return 'date';
    case 'unknown':
      return step.until ? 'date' : null;
    default:
      return null;
  }
}

/** What the letter says stands on the page too. */
function inLetter(answer: Answer): End {
  const { decision, step } = answer;
  if (decision) return decision.outcome ? (decision.remedy ? 'date' : 'answer') : null;
  return step.do === 'wait' || step.do === 'nothing' || step.do === 'await-invitation' ? 'answer' : todo(answer);
}

const day = (from: number, to: number) => fc.integer({ min: from, max: to }).map((days) => addDays(TODAY, days));
/** Mostly there, as in the field: registries leave out a tenth. */
const mostly = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null, freq: 10 });

const states: fc.Arbitrary<State> = fc
  .record({
    procedure: mostly(fc.constantFrom(...PROCEDURES)),
    stage: fc.option(fc.constantFrom(...STAGES), { nil: null, freq: 20 }),
    received: day(-900, -60),
    since: day(-59, 0),
    decideBy: mostly(day(-200, 300)),
    suspended: fc.boolean(),
    outcome: mostly(fc.constantFrom(...OUTCOMES)),
    until: mostly(day(0, 60)),
    papers: mostly(fc.constantFrom(['income'], ['passport', 'photo'], ['iets anders'])),
    invited: mostly(day(-20, 60)),
    rangeFrom: mostly(day(1, 400)),
  })
  .map(({ stage, since, received, outcome, suspended, invited, ...given }) => {
    const current = stage === null ? null : reachedIn(stage, since);
    const standing = standingOf({ received, ended: null, current, result: outcome && 'Besluit', outcome }, TODAY);
    const theCase = caseIn(null, {
      procedure: given.procedure,
      received,
      decideBy: given.decideBy,
      ...standing,
      suspension: suspended && stage === 'documents' ? { reason: '' } : null,
      request: { until: given.until, papers: given.papers ?? [] },
      invitation: invited === null ? null : { at: `${invited}T09:00`, place: 'Zwolle' },
    });
    return { theCase, rangeFrom: isOpen(theCase.state) ? given.rangeFrom : null };
  });

test('nearly every state answers every cause of contact', () => {
  const samples = fc.sample(states, { seed: 18, numRuns: 1_500 });
  const { ways } = DEMO_AGENCY;
  const shares = Object.entries(CAUSES).map(([cause, endOf]) => {
    const ended = samples.filter((state) => {
      const { theCase, rangeFrom } = state;
      const history = theCase.current ? [reachedIn('received', theCase.received), theCase.current] : [];
      return endOf(answerOf(theCase, { today: TODAY, history, rangeFrom, ways }), state) !== null;
    });
    return { cause, share: ended.length / samples.length };
  });
  const mean = (of: typeof shares) => of.reduce((sum, { share }) => sum + share, 0) / of.length;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  for (const { cause, share } of shares) console.log(`${percent(share)} ${cause}`);
  console.log(`${percent(mean(shares))} of ${samples.length} states × ${shares.length} causes end in an answer`);
  expect(mean(shares)).toBeGreaterThan(0.98);
});
