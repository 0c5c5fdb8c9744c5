import { createOwnedDiary, type DiaryWish, type OwnedDiary, type Place } from '../planner/owned-diary';
import type { Clock } from '../world/clock';
import { digestOf } from '../world/seed';
import { GRONINGEN } from './location';

/** The customer fields that clients send. */
export type Customer = Readonly<Record<string, unknown>>;

export interface JccAppointment {
  readonly id: string;
  readonly number: number;
  readonly place: Place;
  readonly customers: readonly Customer[];
  readonly message: string;
}

export interface JccAppointments {
  readonly diary: OwnedDiary;
  /** Null where the time is taken. */
  readonly book: (wish: DiaryWish, about: Pick<JccAppointment, 'customers' | 'message'>) => JccAppointment | null;
  readonly get: (id: string) => JccAppointment | undefined;
  readonly cancel: (appointment: JccAppointment) => void;
  /** An employee at the desk moves an appointment to other wall times of its day. Nobody is told. */
  readonly moveAtDesk: (appointment: JccAppointment, startTime: string, endTime: string) => void;
  readonly booked: () => readonly JccAppointment[];
  readonly reset: () => void;
}

export function createJccAppointments(clock: Clock): JccAppointments {
  const diary = createOwnedDiary(clock, [GRONINGEN]);
  const all = new Map<string, JccAppointment>();
  let made = 0;
  const store = (appointment: JccAppointment): JccAppointment => {
    all.set(appointment.id, appointment);
    return appointment;
  };
  return {
    diary,
    book: (wish, about) => {
      const place = diary.take(wish, null);
      if (!place) return null;
      made += 1;
      return store({ id: uuidOf(place.slot.key, made), number: 4600 + made, place, ...about });
    },
    get: (id) => all.get(id),
    cancel: ({ id, place }) => {
      all.delete(id);
      diary.keep(place, 0);
    },
    moveAtDesk: ({ place, ...rest }, startTime, endTime) =>
      void store({ ...rest, place: { ...place, slot: { ...place.slot, startTime, endTime } } }),
    booked: () => [...all.values()],
    reset: () => {
      all.clear();
      diary.reset();
      made = 0;
    },
  };
}

function uuidOf(key: string, made: number): string {
  const hex = digestOf('jcc', key, String(made)) + digestOf(String(made), key);
  return hex.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
