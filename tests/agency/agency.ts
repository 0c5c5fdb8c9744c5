import { fileURLToPath } from 'node:url';
import { type Agency, readAgency } from '../../app/config/agency.server';
import { procedureKeys, stageKeys } from '../../app/model/agency';
import type { ReachedStep, Stage, Step } from '../../app/model/case';

export const DEMO_AGENCY: Agency = agencyIn('../../mocks/agencies/ind');
/** The law that comes with the portal. */
export const DUTCH_LAW = DEMO_AGENCY.law;
/** The law of another agency of mocks/agencies. */
export const lawOf = (name: string) => agencyIn(`../../mocks/agencies/${name}`).law;
export const PROCEDURES = procedureKeys(DEMO_AGENCY);
export const STAGES = stageKeys(DEMO_AGENCY);

/** A stage of the simulated agency as a step; null: a step that its folder does not name. */
export function stepIn(stage: Stage | null, given: Partial<Step> = {}): Step {
  const rule = DEMO_AGENCY.stages.find(({ key }) => key === stage);
  if (stage !== null && !rule) throw new Error(`The simulated agency has no stage ${stage}`);
  const { means = null, product = null, optional = false } = rule ?? {};
  return { stage, means, product, optional, name: stage ?? 'Iets nieuws', order: 1, final: false, ...given };
}

/** The same as reached. @param since ISO date */
export const reachedIn = (stage: Stage | null, since: string, given: Partial<Step> = {}): ReachedStep => ({
  ...stepIn(stage, given),
  since,
});

function agencyIn(folder: string): Agency {
  const { agency, faults } = readAgency(fileURLToPath(new URL(folder, import.meta.url)));
  if (!agency) throw new Error(faults.join('\n'));
  return agency;
}
