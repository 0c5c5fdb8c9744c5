import { type Desk, type Product, SLOT_MINUTES } from '../planner/calendar';

/** The one location of this planner: a city hall. */
export const GRONINGEN: Desk = {
  key: '5d0c6f3e-6b1c-4c0e-9a51-0b6f4f6d2a01',
  name: 'Stadhuis Groningen',
  products: { BIO: true, DOC: true },
  opens: 9 * 60,
  closes: 16 * 60,
  weekdays: [1, 2, 3, 4, 5],
};

interface Activity {
  readonly id: string;
  readonly product: Product;
  readonly description: string;
  /** Most of it in one appointment. */
  readonly most: number;
  /** Customer fields that it requires. */
  readonly requires: readonly string[];
}

export const ACTIVITIES: readonly Activity[] = [
  {
    id: 'b10b10b1-0000-4000-8000-000000000001',
    product: 'BIO',
    description: 'Biometrie afgeven',
    most: 6,
    requires: [],
  },
  {
    id: 'd0cd0cd0-0000-4000-8000-000000000002',
    product: 'DOC',
    description: 'Document ophalen',
    most: 4,
    requires: ['birthDate'],
  },
];

export const activityBody = ({ id, description, most }: Activity, index: number) => ({
  id,
  number: index + 1,
  description,
  appointmentDuration: SLOT_MINUTES * 60,
  maxCountForEvent: most,
  activityGroupId: '6ab268cc-0000-4000-8000-000000000009',
});

export const locationBody = () => ({
  isDefault: true,
  locationNumber: 1,
  phoneNumberList: [],
  description: GRONINGEN.name,
  address: {
    streetName: 'Voorbeeldmarkt',
    houseNumber: '1',
    postalCode: '9700 AA',
    city: 'Groningen',
    country: { id: 'c59f75c0-0000-4000-8000-000000000001', isoCode: 'NL', name: 'Nederland' },
    auditId: 'ca8cdf7f-0000-4000-8000-000000000001',
    id: '2410125a-0000-4000-8000-000000000001',
  },
  isActive: true,
  auditId: 'bdc3b77e-0000-4000-8000-000000000001',
  id: GRONINGEN.key,
});

/** Left out is visible, 1 is hidden, 2 is required. */
export const fieldsBody = ({ requires }: Activity) => ({
  ...Object.fromEntries(HIDDEN.map((name) => [name, 1])),
  ...Object.fromEntries(requires.map((name) => [name, 2])),
});

const HIDDEN = ['initials', 'socialSecurityNumber', 'nationality', 'language', 'mobilePhoneNumber', 'streetName'];
