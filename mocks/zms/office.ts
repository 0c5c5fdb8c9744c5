import type { Desk, Product } from '../planner/calendar';

/** The one office of this planner: an expat centre, with its catalogue as the citizen API gives it. */
export const ROTTERDAM: Desk = {
  key: '31001',
  name: 'Expat Centre Rotterdam',
  products: { BIO: true, DOC: true },
  opens: 9 * 60,
  closes: 16 * 60,
  weekdays: [1, 2, 3, 4, 5],
};

export const SERVICES: readonly { readonly id: number; readonly product: Product; readonly name: string }[] = [
  { id: 7101, product: 'BIO', name: 'Biometrie afgeven' },
  { id: 7102, product: 'DOC', name: 'Document ophalen' },
];

export const MAX_QUANTITY = 5;
/** Minutes. */
export const RESERVATION_DURATION = 15;
export const ACTIVATION_DURATION = 60;
/** For so long a cancelled time stays off the list, against trading in appointments; minutes. */
export const DEALLOCATION_DURATION = 30;

export const scopeOf = (captcha: boolean) => ({
  id: 1,
  provider: { id: ROTTERDAM.key, name: ROTTERDAM.name, source: 'dldb' },
  shortName: 'Expat',
  emailFrom: 'no-reply@expat.example',
  emailRequired: true,
  telephoneActivated: true,
  telephoneRequired: false,
  customTextfieldActivated: true,
  customTextfieldRequired: false,
  customTextfieldLabel: 'V-nummer',
  customTextfield2Activated: false,
  customTextfield2Required: false,
  customTextfield2Label: null,
  captchaActivatedRequired: captcha,
  infoForAppointment: '<p>Meld u bij de balie op de <b>tweede verdieping</b>.</p>',
  infoForAllAppointments: null,
  slotsPerAppointment: String(MAX_QUANTITY),
  appointmentsPerMail: '1',
  whitelistedMails: null,
  reservationDuration: RESERVATION_DURATION,
  activationDuration: ACTIVATION_DURATION,
  hint: null,
});

/** One reply with everything that may be booked. Numbers where the calendar has texts. */
export const catalogueOf = (captcha: boolean, slotMinutes: number) => ({
  offices: [
    {
      id: Number(ROTTERDAM.key),
      name: ROTTERDAM.name,
      showAlternativeLocations: true,
      address: { house_number: '10', city: 'Rotterdam', postal_code: '3011 AA', street: 'Voorbeeldkade', hint: false },
      displayNameAlternatives: [],
      organization: null,
      organizationUnit: null,
      slotTimeInMinutes: slotMinutes,
      geo: { lat: 51.92, lon: 4.48 },
      scope: scopeOf(captcha),
      disabledByServices: [],
      slotsPerAppointment: String(MAX_QUANTITY),
    },
  ],
  services: SERVICES.map(({ id, name }) => ({
    id,
    name,
    maxQuantity: MAX_QUANTITY,
    combinable: {},
    parentId: null,
    variantId: null,
    rootParentId: id,
    showOnStartPage: true,
  })),
  relations: SERVICES.map(({ id }) => ({
    officeId: Number(ROTTERDAM.key),
    serviceId: id,
    slots: 1,
    public: true,
    maxQuantity: MAX_QUANTITY,
  })),
});
