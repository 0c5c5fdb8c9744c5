import type { CaseSpec, Paper } from './case-file';
import { numberedPerson, type Person } from './people';
import { PROCEDURES, type SimulatedProcedure, type SimulatedStage, STAGES_OF } from './procedures';
import { between, pick, randomFrom } from './seed';

interface Inhabitant {
  readonly person: Person;
  readonly spec: CaseSpec;
}

const GIVEN = ['Maryam', 'Ahmad', 'Ngozi', 'Ivan', 'Lin', 'Rosa', 'Tariq', 'Yuki', 'Elif', 'Samuel', 'Anjali', 'Omar'];
const FAMILY = [
  ...['Abebe', 'Aydin', 'Barzani', 'Castillo', 'Demir', 'Eze', 'Fofana', 'Gonzalez', 'Hussein', 'Ibrahim', 'Jovanović'],
  ...['Kaya', 'Lukić', 'Mahmoudi', 'Nowak', 'Oliveira', 'Popescu', 'Qureshi', 'Rossi', 'Sharma', 'Tekle', 'Ünal', 'Wu'],
];

/** One person with a case for each stage of each procedure, so every page can be opened. */
export function stageTour(): Inhabitant[] {
  return PROCEDURES.flatMap((procedure) => STAGES_OF[procedure].map((stage) => ({ procedure, stage }))).map(
    ({ procedure, stage }, index) => {
      const about = `${procedure}: ${stage}`;
      const person = invented(`${procedure}-${stage}`, 1000 + index, 'One person for each stage', about);
      return { person, spec: caseIn(procedure, stage, person, `Z1-3000-${1000 + index}`, false) };
    },
  );
}

/** The clients of an advisor of a large office, in every stage of every procedure. */
export function clientsFor(advisor: Person, count: number): Inhabitant[] {
  return Array.from({ length: count }, (_, index) => {
    const procedure = PROCEDURES[index % PROCEDURES.length] ?? 'family';
    const stages = STAGES_OF[procedure];
    const stage = stages[Math.floor(index / PROCEDURES.length) % stages.length] ?? 'received';
    const slug = `client-${String(index + 1).padStart(3, '0')}`;
    const person = invented(slug, 2000 + index, 'Clients of the large office', `${procedure}: ${stage}`);
    return { person, spec: { ...caseIn(procedure, stage, person, `Z1-4000-${1000 + index}`, true), advisor } };
  });
}

function invented(slug: string, n: number, group: Person['group'], about: string): Person {
  const random = randomFrom(`person ${slug}`);
  const born = `${between(random, 1955, 2006)}-${twoDigits(between(random, 1, 12))}-${twoDigits(between(random, 1, 28))}`;
  const names = { given: pick(random, GIVEN), family: `${pick(random, FAMILY)}` };
  return numberedPerson(n, { slug, about, group, born, sex: random() < 0.5 ? 'm' : 'v', locale: 'en', ...names });
}

const twoDigits = (n: number) => String(n).padStart(2, '0');

/** Fewest and most days that a step usually takes. Those of the review depend on the procedure. */
const DAYS: Readonly<Partial<Record<SimulatedStage, readonly [number, number]>>> = {
  received: [1, 4],
  fee: [2, 12],
  biometrics: [5, 20],
  documents: [5, 20],
  'registration-interview': [6, 20],
  interview: [60, 200],
  intention: [10, 28],
  advice: [30, 90],
  decided: [2, 8],
  ceremony: [20, 80],
  collect: [4, 20],
  closed: [1, 60],
  withdrawn: [1, 60],
};
const REVIEW_DAYS: Readonly<Record<SimulatedProcedure, readonly [number, number]>> = {
  family: [20, 60],
  study: [10, 35],
  work: [4, 14],
  permanent: [60, 130],
  renewal: [15, 55],
  naturalisation: [90, 200],
  asylum: [60, 180],
  visa: [3, 9],
};

/** A realistic case of a procedure in `stage`. `varied` makes some of them late or extended. */
function caseIn(
  procedure: SimulatedProcedure,
  stage: SimulatedStage,
  applicant: Person,
  reference: string,
  varied: boolean,
): CaseSpec {
  const random = randomFrom(`case ${reference}`);
  const slow = varied && random() < 0.12 ? 2 : 1;
  const daysIn = (step: SimulatedStage) => {
    const [low, high] = step === 'review' ? REVIEW_DAYS[procedure] : (DAYS[step] ?? [1, 5]);
    return between(random, low, high) * slow;
  };
  let ago = Math.max(0, Math.round(daysIn(stage) * random()));
  const path: [SimulatedStage, number][] = [[stage, ago]];
  for (const step of before(procedure, stage).reverse()) {
    ago += daysIn(step);
    path.unshift([step, ago]);
  }
  return {
    reference,
    procedure,
    applicant,
    path: Object.fromEntries(path),
    ...(slow > 1 && random() < 0.5 && stage !== 'withdrawn' ? { extended: 'Nader onderzoek nodig' } : {}),
    ...resultIn(stage, random),
    ...requestIn(procedure, stage, random),
  };
}

/** The steps before `stage` in such a case. */
function before(procedure: SimulatedProcedure, stage: SimulatedStage): SimulatedStage[] {
  const usual: SimulatedStage[] = STAGES_OF[procedure].filter((step) => step !== 'documents' && step !== 'withdrawn');
  if (stage === 'withdrawn' || stage === 'documents') return usual.slice(0, usual.indexOf('review') + 1);
  return usual.slice(0, usual.indexOf(stage)).filter((step) => step !== 'intention' || stage === 'decided');
}

function resultIn(stage: SimulatedStage, random: () => number): Partial<CaseSpec> {
  if (stage === 'withdrawn') return { result: 'Ingetrokken' };
  if (stage === 'collect' || stage === 'ceremony') return { result: 'Ingewilligd' };
  if (stage === 'decided' || stage === 'closed') return { result: random() < 0.8 ? 'Ingewilligd' : 'Afgewezen' };
  return {};
}

const PAPERS: Readonly<Record<SimulatedProcedure, readonly Paper[]>> = {
  family: ['marriage-certificate', 'income', 'birth-certificate', 'tuberculosis-test'],
  study: ['proof-of-study', 'income', 'tuberculosis-test'],
  work: ['employment-contract', 'passport'],
  permanent: ['income', 'passport'],
  renewal: ['income', 'photo', 'employment-contract'],
  naturalisation: ['birth-certificate', 'passport'],
  asylum: ['passport', 'birth-certificate'],
  visa: ['passport', 'income', 'photo'],
};

function requestIn(procedure: SimulatedProcedure, stage: SimulatedStage, random: () => number): Partial<CaseSpec> {
  const actWithin = between(random, 2, 28);
  const place = 'Aanmeldcentrum Ter Apel, gebouw 3';
  switch (stage) {
    case 'documents': {
      const papers = PAPERS[procedure].slice(0, between(random, 1, 3));
      return { actWithin, papers, suspended: 'Wij wachten op stukken van u' };
    }
    case 'fee':
    case 'biometrics':
    case 'intention':
      return { actWithin };
    case 'registration-interview':
      return { invitation: { inDays: actWithin, time: '09:30', place } };
    case 'interview':
      return random() < 0.4 ? { invitation: { inDays: actWithin, time: '13:15', place } } : {};
    case 'ceremony':
      return { invitation: { inDays: actWithin, time: '14:00', place: 'Stadhuis, raadzaal' } };
    default:
      return {};
  }
}
