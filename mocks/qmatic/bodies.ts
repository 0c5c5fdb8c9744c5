import { Temporal } from 'temporal-polyfill';
import { AGENCY_ZONE } from '../world/clock';
import { digestOf } from '../world/seed';
import type { Appointment, Customer } from './appointments';
import { branchBody, SERVICES, serviceBody } from './branch';

const BOOKED = 20;
const RESERVED = 10;

/** What stands around every list and every single thing that is read. */
export const enveloped = (name: string, content: unknown, args: Readonly<Record<string, string>> = {}) => ({
  notifications: [],
  [name]: content,
  meta: {
    start: '',
    end: '',
    totalResults: Array.isArray(content) ? content.length : 1,
    offset: null,
    limit: null,
    fields: '',
    arguments: args,
  },
});

/** @param offset "+0000" where it was just made, "+00:00" where it is read: both are UTC */
export function appointmentBody(appointment: Appointment, offset: '+0000' | '+00:00') {
  const { publicId, place, title, notes, customers, until, created } = appointment;
  const stamp = (time: string) => stampOf(place.slot.date, time, offset);
  return {
    publicId,
    title,
    start: stamp(place.slot.startTime),
    end: stamp(place.slot.endTime),
    allDay: false,
    blocking: false,
    status: until === null ? BOOKED : RESERVED,
    notes,
    numberOfCustomers: place.persons,
    customSlotLength: null,
    custom: null,
    resource: { custom: '', name: 'Balie 1' },
    branch: branchBody(),
    services: SERVICES.filter(({ product }) => product === place.product).map(serviceBody),
    customers: customers.map((customer, index) => customerBody(customer, `${publicId} ${index}`, created)),
    created,
    updated: created,
  };
}

function customerBody(customer: Customer, seed: string, created: number) {
  const text = (name: string) => (typeof customer[name] === 'string' ? customer[name] : null);
  return {
    publicId: digestOf('customer', seed) + digestOf(seed, 'customer'),
    name: [text('firstName'), text('lastName')].filter(Boolean).join(' '),
    firstName: text('firstName'),
    lastName: text('lastName'),
    email: text('email'),
    phone: text('phone'),
    addressLine1: null,
    addressLine2: null,
    addressZip: null,
    addressCity: null,
    addressState: null,
    addressCountry: null,
    dateOfBirth: null,
    identificationNumber: text('identificationNumber'),
    externalId: text('externalId'),
    custom: null,
    created,
    updated: null,
  };
}

/** A local time comes back as the same moment in UTC: 08:30 in summer as 06:30. */
function stampOf(date: string, time: string, offset: string): string {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(AGENCY_ZONE);
  return local.toInstant().toString({ fractionalSecondDigits: 3 }).replace('Z', offset);
}
