import { uuidOf } from './seed';

/** The procedures of the simulated agency. */
export const PROCEDURES = [
  'family',
  'study',
  'work',
  'permanent',
  'renewal',
  'naturalisation',
  'asylum',
  'visa',
] as const;
export type SimulatedProcedure = (typeof PROCEDURES)[number];

/** The stages of the simulated agency, as its folder names them. */
export type SimulatedStage = keyof typeof STEP_NAMES;

/** A step of a zaaktype ("statustype"), in the agency's own words. */
export interface StepType {
  readonly uuid: string;
  /** null for the one step that no portal has texts for. */
  readonly stage: SimulatedStage | null;
  readonly name: string;
  /** The agency's text for the applicant about this step. */
  readonly text: string;
  /** null in the older system's catalogue, which has no order. */
  readonly order: number | null;
  readonly final: boolean;
  /** The agency's target for this step, as ISO duration. */
  readonly norm: string | null;
}

/** A version of a procedure in the agency's catalogue ("zaaktype"). */
export interface ProcedureVersion {
  readonly uuid: string;
  /** The same for all versions ("identificatie"). */
  readonly code: string;
  /** null for a procedure that is not for applicants. */
  readonly procedure: SimulatedProcedure | null;
  readonly name: string;
  /** ISO duration, calendar days or months ("doorlooptijd"). */
  readonly term: string;
  /** The agency's target, as ISO duration ("servicenorm"). */
  readonly serviceNorm: string | null;
  /** ISO duration by which the term may be extended, or null. */
  readonly extension: string | null;
  readonly internal: boolean;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly steps: readonly StepType[];
}

const STEP_NAMES = {
  received: ['Ontvangen', 'Wij hebben uw aanvraag ontvangen.', 'P7D'],
  fee: ['Wacht op betaling', 'U moet de kosten van de aanvraag nog betalen.', 'P14D'],
  biometrics: ['Wacht op vingerafdrukken en foto', 'Maak een afspraak voor uw vingerafdrukken en foto.', 'P21D'],
  documents: ['Wacht op informatie', 'Wij wachten op informatie van u.', 'P28D'],
  review: ['In behandeling', 'Wij behandelen uw aanvraag.', null],
  'registration-interview': ['Aanmeldgehoor', 'Wij nodigen u uit voor het eerste gesprek.', 'P21D'],
  interview: ['Nader gehoor', 'Wij nodigen u uit voor het tweede gesprek.', null],
  intention: ['Voornemen', 'Wij hebben opgeschreven wat wij willen besluiten. U mag daarop reageren.', 'P28D'],
  advice: ['Advies burgemeester', 'Uw gemeente geeft advies over uw verzoek.', 'P90D'],
  decided: ['Besluit genomen', 'Wij hebben een besluit genomen. U krijgt een brief.', 'P7D'],
  ceremony: ['Naturalisatieceremonie', 'Uw gemeente nodigt u uit voor de ceremonie.', 'P90D'],
  collect: ['Document klaar', 'Uw document ligt klaar. Maak een afspraak om het op te halen.', 'P21D'],
  closed: ['Afgehandeld', 'Uw aanvraag is afgehandeld.', null],
  withdrawn: ['Ingetrokken', 'De aanvraag is ingetrokken.', null],
} as const satisfies Readonly<Record<string, readonly [name: string, text: string, norm: string | null]>>;

/** Name and text of the step that only one catalogue version has. */
const UNKNOWN_STEP = {
  name: 'Toetsing bijzondere omstandigheden',
  text: 'Een gespecialiseerd team bekijkt de bijzondere omstandigheden in uw aanvraag. U hoeft nu niets te doen.',
} as const;

const ENDS: readonly SimulatedStage[] = ['closed', 'withdrawn'];
const CARD: readonly SimulatedStage[] = ['decided', 'collect', ...ENDS];

export const STAGES_OF: Readonly<Record<SimulatedProcedure, readonly SimulatedStage[]>> = {
  family: ['received', 'fee', 'biometrics', 'documents', 'review', ...CARD],
  study: ['received', 'fee', 'biometrics', 'documents', 'review', ...CARD],
  work: ['received', 'fee', 'biometrics', 'documents', 'review', ...CARD],
  permanent: ['received', 'fee', 'documents', 'review', ...CARD],
  renewal: ['received', 'fee', 'documents', 'biometrics', 'review', ...CARD],
  naturalisation: ['received', 'fee', 'documents', 'advice', 'review', 'decided', 'ceremony', ...ENDS],
  asylum: [
    'received',
    'biometrics',
    'registration-interview',
    'documents',
    'interview',
    'review',
    'intention',
    ...CARD,
  ],
  visa: ['received', 'fee', 'biometrics', 'documents', 'review', ...CARD],
};

const version = (
  code: string,
  procedure: SimulatedProcedure | null,
  name: string,
  term: string,
  serviceNorm: string | null,
  extension: string | null,
  rest: Partial<ProcedureVersion> = {},
): ProcedureVersion => {
  const validFrom = rest.validFrom ?? '2025-01-01';
  return {
    uuid: uuidOf('zaaktype', code, validFrom),
    code,
    procedure,
    name,
    term,
    serviceNorm,
    extension,
    internal: false,
    validFrom,
    validUntil: null,
    steps: stepsOf(
      `${code}/${validFrom}`,
      procedure === null ? ['received', 'review', 'closed'] : STAGES_OF[procedure],
    ),
    ...rest,
  };
};

const stepsOf = (version: string, stages: readonly SimulatedStage[]): StepType[] =>
  stages.map((stage, index) => {
    const [name, text, norm] = STEP_NAMES[stage];
    const uuid = uuidOf('statustype', version, stage);
    return { uuid, stage, name, text, order: index + 1, final: ENDS.includes(stage), norm };
  });

/** The current version of each procedure. */
export const CURRENT: Readonly<Record<SimulatedProcedure, ProcedureVersion>> = {
  family: version('VVR-GEZIN', 'family', 'Verblijfsvergunning familie en gezin', 'P90D', 'P70D', 'P3M'),
  study: version('VVR-STUDIE', 'study', 'Verblijfsvergunning studie', 'P60D', 'P45D', 'P3M'),
  work: version('VVR-KENNIS', 'work', 'Verblijfsvergunning kennismigrant', 'P90D', 'P14D', 'P3M'),
  permanent: version('VVR-ONBEPAALD', 'permanent', 'Verblijfsvergunning onbepaalde tijd', 'P6M', 'P5M', 'P6M'),
  renewal: version('VVR-VERLENGING', 'renewal', 'Verlenging verblijfsvergunning', 'P90D', 'P60D', 'P3M'),
  naturalisation: version('NATURALISATIE', 'naturalisation', 'Verzoek om naturalisatie', 'P12M', 'P11M', 'P6M'),
  asylum: version('ASIEL', 'asylum', 'Asielaanvraag', 'P6M', null, 'P9M'),
  visa: version('VISUM-KV', 'visa', 'Visum kort verblijf', 'P15D', null, 'P30D'),
};

/** A trial version of the family procedure with an extra step, which the portal does not know. */
export const FAMILY_TRIAL: ProcedureVersion = trialOf(CURRENT.family);

/** Renewal in the older case system: steps without order and several final ones, as observed in practice. */
export const RENEWAL_OLD: ProcedureVersion = oldOf(CURRENT.renewal);

/** Not for applicants. The portal must never show such a case. */
export const INTERNAL: ProcedureVersion = version('TOEZICHT', null, 'Onderzoek toezicht', 'P6M', null, null, {
  internal: true,
});

/** The stages in which cases of the archive have been, whatever their procedure. */
const ARCHIVED_STAGES: readonly SimulatedStage[] = [
  ...(['received', 'fee', 'registration-interview', 'biometrics', 'documents', 'interview', 'review'] as const),
  ...(['advice', 'intention', 'decided', 'closed'] as const),
];

/** The version of a procedure that the cases of the archive have. */
export function archivedVersion(procedure: SimulatedProcedure): ProcedureVersion {
  const { code, name, term, serviceNorm, extension } = CURRENT[procedure];
  const validFrom = '2020-01-01';
  const steps = stepsOf(`${code}/${validFrom}`, ARCHIVED_STAGES);
  return version(code, procedure, name, term, serviceNorm, extension, { validFrom, validUntil: '2025-01-01', steps });
}

export const ALL_VERSIONS: readonly ProcedureVersion[] = [
  ...Object.values(CURRENT),
  ...PROCEDURES.map(archivedVersion),
  FAMILY_TRIAL,
  RENEWAL_OLD,
  INTERNAL,
];

function trialOf(base: ProcedureVersion): ProcedureVersion {
  const validFrom = '2026-07-01';
  const uuid = uuidOf('statustype', base.code, validFrom, 'unknown');
  const steps = stepsOf(`${base.code}/${validFrom}`, STAGES_OF.family).flatMap((step): StepType[] =>
    step.stage === 'review'
      ? [step, { uuid, stage: null, order: 0, final: false, norm: null, ...UNKNOWN_STEP }]
      : [step],
  );
  return version(base.code, base.procedure, base.name, base.term, base.serviceNorm, base.extension, {
    validFrom,
    steps: steps.map((step, index) => ({ ...step, order: index + 1 })),
  });
}

function oldOf(base: ProcedureVersion): ProcedureVersion {
  const validFrom = '2022-01-01';
  const lasting: readonly (SimulatedStage | null)[] = ['collect', 'closed', 'withdrawn'];
  return version(base.code, base.procedure, base.name, base.term, null, base.extension, {
    validFrom,
    validUntil: '2025-01-01',
    steps: stepsOf(`${base.code}/${validFrom}`, STAGES_OF.renewal).map((step) => ({
      ...step,
      order: null,
      norm: null,
      final: lasting.includes(step.stage),
    })),
  });
}
