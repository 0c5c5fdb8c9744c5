import type { Procedure, Stage } from '~/model/case';

/**
 * The agency's names for procedures (zaaktype.identificatie) and stages (statustype.omschrijving), mapped to the
 * portal's keys.
 */
const PROCEDURE_OF: Readonly<Record<string, Procedure>> = {
  'VVR-GEZIN': 'family',
  'VVR-STUDIE': 'study',
  'VVR-KENNIS': 'work',
  'VVR-ONBEPAALD': 'permanent',
  'VVR-VERLENGING': 'renewal',
  NATURALISATIE: 'naturalisation',
  ASIEL: 'asylum',
  'VISUM-KV': 'visa',
};

const STAGE_OF: Readonly<Record<string, Stage>> = {
  ontvangen: 'received',
  'wacht op betaling': 'fee',
  'wacht op vingerafdrukken en foto': 'biometrics',
  'wacht op informatie': 'documents',
  'in behandeling': 'review',
  aanmeldgehoor: 'registration-interview',
  'nader gehoor': 'interview',
  voornemen: 'intention',
  'advies burgemeester': 'advice',
  'besluit genomen': 'decided',
  naturalisatieceremonie: 'ceremony',
  'document klaar': 'collect',
  afgehandeld: 'closed',
  ingetrokken: 'withdrawn',
};

export const procedureOf = (identificatie: string): Procedure | null => wordFor(PROCEDURE_OF, identificatie.trim());

/** Null for a name without a mapping: pages then show the agency's own words, and say so. */
export const stageOf = (omschrijving: string): Stage | null => wordFor(STAGE_OF, omschrijving.trim().toLowerCase());

/** Own keys only: every object also has "constructor". */
const wordFor = <W>(words: Readonly<Record<string, W>>, name: string): W | null =>
  Object.hasOwn(words, name) ? (words[name] ?? null) : null;
