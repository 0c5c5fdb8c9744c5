import type { CaseFile } from '../world/case-file';
import { archivedVersion, PROCEDURES, type ProcedureVersion, type SimulatedProcedure } from '../world/procedures';
import { uuidOf } from '../world/seed';
import type { Archive } from '../zgw/zaken';
import { DECIDED_STAGE, type LogEvent } from './event-log';
import { OFFICE_SEED, simulatedUpTo } from './office';
import { simulate } from './simulate';

interface Archived {
  readonly uuid: string;
  readonly received: string;
  readonly events: readonly LogEvent[];
}

/** The registry's view of the cases behind the statistics: thousands that nobody of the demo can sign in to. */
export function createArchive(now: Date): Archive {
  const { weeks, endsOn } = simulatedUpTo(now);
  return archiveOf(simulate({ seed: OFFICE_SEED, weeks, endsOn }));
}

/** The same of any log. */
export function archiveOf(log: readonly LogEvent[]): Archive {
  const byCase = new Map<string, LogEvent[]>();
  for (const event of log) {
    const own = byCase.get(event.case);
    if (own) own.push(event);
    else byCase.set(event.case, [event]);
  }
  const versions = new Map(PROCEDURES.map((procedure) => [procedure, archivedVersion(procedure)]));
  const cases = [...byCase].flatMap(([id, events]): Archived[] =>
    events[0] ? [{ uuid: uuidOf('archive', id), received: events[0].entered, events }] : [],
  );
  const byUuid = new Map(cases.map((one) => [one.uuid, one]));
  return {
    receivedIn: (from, until) =>
      cases
        .filter(({ received }) => from <= received && received < until)
        .flatMap((one) => fileOf(one, versions) ?? []),
    caseWith: (uuid) => {
      const one = byUuid.get(uuid);
      return one && fileOf(one, versions);
    },
  };
}

function fileOf(
  { uuid, received, events }: Archived,
  versions: ReadonlyMap<SimulatedProcedure, ProcedureVersion>,
): CaseFile | undefined {
  const version = [...versions].find(([procedure]) => procedure === events[0]?.procedure)?.[1];
  if (!version) return undefined;
  const ended = events.find(({ stage }) => stage === DECIDED_STAGE)?.entered ?? null;
  const steps = events.map(({ stage, entered }) => ({ stage: stage === DECIDED_STAGE ? 'decided' : stage, entered }));
  if (ended !== null) steps.push({ stage: 'closed', entered: ended });
  return {
    uuid,
    reference: `Z0-${uuid.slice(0, 8)}`,
    version,
    subject: version.name,
    received,
    ended,
    planned: null,
    decideBy: received,
    extension: null,
    suspension: null,
    history: steps.flatMap(({ stage, entered }, index) => {
      const step = version.steps.find((each) => each.stage === stage);
      return step ? [{ uuid: uuidOf(uuid, String(index)), step, at: `${entered}T12:00:00Z` }] : [];
    }),
    result: null,
    parties: [],
    properties: [],
    secret: false,
    quirks: false,
  };
}
