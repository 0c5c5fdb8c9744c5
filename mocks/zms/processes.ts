import { createOwnedDiary, type OwnedDiary, type Place } from '../planner/owned-diary';
import type { Clock } from '../world/clock';
import { digestOf } from '../world/seed';
import type { ZmsError } from './errors';
import { ACTIVATION_DURATION, DEALLOCATION_DURATION, RESERVATION_DURATION, ROTTERDAM } from './office';

/** An appointment in any of its states; the API calls it a process. */
export interface Process {
  readonly processId: number;
  readonly authKey: string;
  readonly place: Place;
  /** Epoch seconds. */
  readonly timestamp: number;
  readonly serviceId: number;
  readonly status: 'reserved' | 'preconfirmed' | 'confirmed' | 'deleted';
  /** Epoch milliseconds until which a reserved or preconfirmed one lasts. */
  readonly until: number;
  readonly familyName: string;
  readonly email: string;
  readonly telephone: string;
  readonly customTextfield: string;
}

export type Person = Pick<Process, 'familyName' | 'email' | 'telephone' | 'customTextfield'>;

export interface Processes {
  readonly diary: OwnedDiary;
  readonly reserve: (
    wish: Omit<Place, 'slot'> & { date: string; startTime: string; timestamp: number; serviceId: number },
  ) => Process | ZmsError;
  /** The living process with this number and key. */
  readonly open: (processId: number, authKey: string) => Process | ZmsError;
  readonly update: (process: Process, person: Person) => Process | ZmsError;
  readonly preconfirm: (process: Process) => Process | ZmsError;
  readonly confirm: (process: Process) => Process | ZmsError;
  readonly cancel: (process: Process) => Process | ZmsError;
  /** An employee at the desk moves a booking by so many minutes. Nobody is told. */
  readonly moveAtDesk: (process: Process, minutes: number) => void;
  readonly booked: () => readonly Process[];
  readonly reset: () => void;
}

const MINUTE_MS = 60_000;
const NOBODY: Person = { familyName: '', email: '', telephone: '', customTextfield: '' };

export function createProcesses(clock: Clock): Processes {
  const diary = createOwnedDiary(clock, [ROTTERDAM]);
  const all = new Map<number, Process>();
  const nowMs = () => clock.now().epochMilliseconds;
  const lapsed = ({ status, until }: Process) =>
    (status === 'reserved' || status === 'preconfirmed') && until <= nowMs();
  const store = (process: Process): Process => {
    all.set(process.processId, process);
    return process;
  };
  const sameMail = ({ email, processId }: Process) =>
    [...all.values()].some(
      (other) =>
        other.processId !== processId &&
        (other.status === 'preconfirmed' || other.status === 'confirmed') &&
        !lapsed(other) &&
        other.email.toLowerCase() === email.toLowerCase(),
    );

  return {
    diary,
    reserve: ({ timestamp, serviceId, ...wish }) => {
      const until = nowMs() + RESERVATION_DURATION * MINUTE_MS;
      const place = diary.take(wish, until);
      if (!place) return 'appointmentNotAvailable';
      // Numbers of processes start with 10 or 11.
      const processId = 101_000 + all.size;
      const authKey =
        digestOf('zms', String(processId), place.slot.key) + digestOf('key', String(processId), String(until));
      return store({ processId, authKey, place, timestamp, serviceId, status: 'reserved', until, ...NOBODY });
    },
    open: (processId, authKey) => {
      const process = all.get(processId);
      if (!process || process.status === 'deleted' || lapsed(process)) return 'appointmentNotFound';
      return process.authKey === authKey ? process : 'authKeyMismatch';
    },
    update: (process, person) =>
      process.status === 'reserved' ? store({ ...process, ...person }) : 'processNotReservedAnymore',
    preconfirm: (process) => {
      if (process.status !== 'reserved') return 'processNotReservedAnymore';
      if (process.email === '') return 'emailIsRequired';
      if (sameMail(process)) return 'tooManyAppointmentsWithSameMail';
      const until = nowMs() + ACTIVATION_DURATION * MINUTE_MS;
      diary.keep(process.place, until);
      return store({ ...process, status: 'preconfirmed', until });
    },
    confirm: (process) => {
      if (process.status !== 'preconfirmed') return 'processNotPreconfirmedAnymore';
      diary.keep(process.place, null);
      return store({ ...process, status: 'confirmed', until: Number.POSITIVE_INFINITY });
    },
    cancel: (process) => {
      if (process.timestamp * 1000 <= nowMs()) return 'appointmentCanNotBeCanceled';
      diary.keep(process.place, nowMs() + DEALLOCATION_DURATION * MINUTE_MS);
      return store({ ...process, status: 'deleted' });
    },
    moveAtDesk: (process, minutes) => void store({ ...process, timestamp: process.timestamp + minutes * 60 }),
    booked: () => [...all.values()].filter(({ status }) => status === 'confirmed'),
    reset: () => {
      all.clear();
      diary.reset();
    },
  };
}
