import { besideAnOddRow, noneInAnotherForm, numberAsText, twice } from './every-backend';
import type { Habits, Row } from './habits';

const isDesk = (row: Row) => 'key' in row && 'name' in row;
const isSlot = (row: Row) => 'key' in row && 'startTime' in row;
const isOffice = (row: Row) => 'slotTimeInMinutes' in row;
const isRelation = (row: Row) => 'officeId' in row && 'serviceId' in row && 'public' in row;
const isDay = (row: Row) => 'date' in row && 'offices' in row;
const isBranch = (row: Row) => 'branchPrefix' in row;
const isActivity = (row: Row) => 'maxCountForEvent' in row;
const isLocation = (row: Row) => 'locationNumber' in row;
const isService = (row: Row) => 'additionalCustomerDuration' in row;

/** What each kind of planner does in the field. */
export const OAP_HABITS: Habits = {
  rows: [numberAsText('parts', 'version'), ...noneInAnotherForm('phone', 'user', 'birthDate')],
  lists: [twice((row) => isDesk(row) || isSlot(row)), besideAnOddRow((row) => isDesk(row) || isSlot(row))],
};

export const ZMS_HABITS: Habits = {
  rows: [
    numberAsText(
      'slotTimeInMinutes',
      'maxQuantity',
      'slots',
      'reservationDuration',
      'processId',
      'officeId',
      'serviceId',
    ),
    ...noneInAnotherForm('hint', 'infoForAllAppointments', 'customTextfield2Label', 'displayNumber', 'captchaToken'),
  ],
  lists: [
    twice((row) => isOffice(row) || isRelation(row) || isDay(row)),
    besideAnOddRow((row) => isOffice(row) || isRelation(row) || isDay(row)),
  ],
};

export const QMATIC_HABITS: Habits = {
  rows: [
    numberAsText('duration', 'additionalCustomerDuration', 'status', 'latitude', 'longitude'),
    ...noneInAnotherForm('phone', 'email', 'addressState', 'branchPrefix', 'custom', 'notes'),
  ],
  lists: [twice((row) => isBranch(row) || isService(row)), besideAnOddRow((row) => isBranch(row) || isService(row))],
};

export const JCC_HABITS: Habits = {
  rows: [
    numberAsText('maxCountForEvent', 'appointmentDuration', 'number', 'locationNumber', 'initials', 'birthDate'),
    ...noneInAnotherForm('message', 'fieldList', 'houseNumberSuffix'),
  ],
  lists: [
    twice((row) => isActivity(row) || isLocation(row)),
    besideAnOddRow((row) => isActivity(row) || isLocation(row)),
  ],
};
