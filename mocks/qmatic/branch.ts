import { type Desk, type Product, SLOT_MINUTES } from '../planner/calendar';
import { digestOf } from '../world/seed';

/** The one branch of this planner: an expat centre. */
export const EINDHOVEN: Desk = {
  key: digestOf('branch', 'Eindhoven') + digestOf('Eindhoven', 'branch'),
  name: 'Expat Center Eindhoven',
  products: { BIO: true, DOC: true },
  opens: 9 * 60,
  closes: 15 * 60,
  weekdays: [1, 2, 3, 4, 5],
};

/** When the installation was set up and last changed, epoch milliseconds. */
const CREATED = 1_632_222_074_839;
const UPDATED = 1_669_220_085_489;

export const SERVICES: readonly { readonly publicId: string; readonly product: Product; readonly name: string }[] = [
  { publicId: 'b1000000000000000000000000000001', product: 'BIO', name: 'Biometrie afgeven' },
  { publicId: 'd0c00000000000000000000000000002', product: 'DOC', name: 'Document ophalen' },
];

export const branchBody = () => ({
  name: EINDHOVEN.name,
  publicId: EINDHOVEN.key,
  phone: '',
  email: '',
  branchPrefix: null,
  addressLine1: 'Voorbeeldplein 2',
  addressLine2: 'Derde verdieping, kamer 3.12',
  addressZip: '5600 AA',
  addressCity: 'Eindhoven',
  addressState: null,
  addressCountry: 'Nederland',
  latitude: 51.44,
  longitude: 5.48,
  timeZone: 'Europe/Amsterdam',
  fullTimeZone: 'Europe/Amsterdam',
  custom: null,
  created: CREATED,
  updated: UPDATED,
});

/** A product's service; its durations in minutes. */
export const serviceBody = ({ publicId, name }: (typeof SERVICES)[number]) => ({
  publicId,
  name,
  duration: SLOT_MINUTES,
  additionalCustomerDuration: SLOT_MINUTES,
  custom: '{"rescheduleEnabled":true,"cancelEnabled":true}',
  active: true,
  publicEnabled: true,
  created: CREATED,
  updated: UPDATED,
});
