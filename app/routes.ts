import { index, prefix, type RouteConfig, route } from '@remix-run/route-config';

/** The URL table. Every page stands under its language; what comes without one is led to the reader's. */
export default [
  index('routes/enter.ts'),
  route('auth/callback', 'routes/sign-in-return.ts'),
  route('auth/signed-out', 'routes/sign-out-return.ts'),
  route(':lang', 'routes/language.tsx', [
    index('routes/home.tsx'),
    route('sign-in', 'routes/sign-in.tsx'),
    route('sign-out', 'routes/sign-out.ts'),
    route('signed-out', 'routes/signed-out.tsx'),
    route('contact', 'routes/contact.tsx'),
    route('contact/now', 'routes/contact-now.ts'),
    ...prefix('cases', [
      index('routes/cases.tsx'),
      route(':case', 'routes/case.tsx'),
      route(':case/now', 'routes/case-now.ts'),
      route(':case/appointment', 'routes/appointment.tsx'),
      route(':case/appointment/slots', 'routes/slots.ts'),
    ]),
    route('holds/:hold', 'routes/hold.tsx'),
    route('bookings/:booking', 'routes/booking.tsx'),
    route('bookings/:booking/calendar', 'routes/booking-calendar.ts'),
    route('*', 'routes/not-found.tsx'),
  ]),
  route('*', 'routes/not-found.tsx', { id: 'not-found-without-language' }),
] satisfies RouteConfig;
