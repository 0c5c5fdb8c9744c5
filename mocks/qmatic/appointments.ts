import { createOwnedDiary, type DiaryWish, type OwnedDiary, type Place } from '../planner/owned-diary';
import type { Clock } from '../world/clock';
import { digestOf } from '../world/seed';
import { EINDHOVEN } from './branch';

/** The customer fields that clients send; all others are null. */
export type Customer = Readonly<Record<string, unknown>>;

/** A visit, or the time that is kept for one: until it is confirmed it has no customers. */
export interface Appointment {
  readonly publicId: string;
  readonly place: Place;
  readonly title: string;
  readonly notes: string;
  readonly customers: readonly Customer[];
  /** Epoch milliseconds until which a reservation lasts; null once it is booked. */
  readonly until: number | null;
  readonly created: number;
}

export interface Appointments {
  readonly diary: OwnedDiary;
  /** Null where the time is taken. */
  readonly reserve: (wish: DiaryWish) => Appointment | null;
  readonly book: (wish: DiaryWish, about: Pick<Appointment, 'title' | 'notes' | 'customers'>) => Appointment | null;
  /** The living one with this id. */
  readonly get: (publicId: string) => Appointment | undefined;
  readonly confirm: (
    appointment: Appointment,
    about: Pick<Appointment, 'title' | 'notes' | 'customers'>,
  ) => Appointment;
  readonly remove: (appointment: Appointment) => void;
  /** An employee at the desk moves a booking to other wall times of its day. Nobody is told. */
  readonly moveAtDesk: (appointment: Appointment, startTime: string, endTime: string) => void;
  readonly booked: () => readonly Appointment[];
  readonly reset: () => void;
}

/** The installation's setting "reservationExpiryTimeSeconds"; no answer tells it. */
const RESERVATION_EXPIRY_SECONDS = 900;

export function createAppointments(clock: Clock): Appointments {
  const diary = createOwnedDiary(clock, [EINDHOVEN]);
  const all = new Map<string, Appointment>();
  let made = 0;
  const nowMs = () => clock.now().epochMilliseconds;
  const lasts = ({ until }: Appointment) => until === null || until > nowMs();
  const store = (appointment: Appointment): Appointment => {
    all.set(appointment.publicId, appointment);
    return appointment;
  };
  const take = (wish: DiaryWish, until: number | null) => {
    const place = diary.take(wish, until);
    if (!place) return null;
    made += 1;
    const publicId = digestOf('visit', place.slot.key, String(made)) + digestOf('visit', String(made));
    return { publicId, place, title: '', notes: '', customers: [], until, created: nowMs() };
  };
  return {
    diary,
    reserve: (wish) => {
      const taken = take(wish, nowMs() + RESERVATION_EXPIRY_SECONDS * 1000);
      return taken && store(taken);
    },
    book: (wish, about) => {
      const taken = take(wish, null);
      return taken && store({ ...taken, ...about });
    },
    get: (publicId) => {
      const found = all.get(publicId);
      return found && lasts(found) ? found : undefined;
    },
    confirm: (appointment, about) => {
      diary.keep(appointment.place, null);
      return store({ ...appointment, ...about, until: null });
    },
    remove: ({ publicId, place }) => {
      all.delete(publicId);
      diary.keep(place, 0);
    },
    moveAtDesk: ({ place, ...rest }, startTime, endTime) =>
      void store({ ...rest, place: { ...place, slot: { ...place.slot, startTime, endTime } } }),
    booked: () => [...all.values()].filter(({ until }) => until === null),
    reset: () => {
      all.clear();
      diary.reset();
      made = 0;
    },
  };
}
