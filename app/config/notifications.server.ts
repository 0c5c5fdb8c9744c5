import { z } from 'zod';
import { isWeak } from './secrets';

const SECRET_LENGTH = 32;

/** The registry's notifications (Notificaties API). Without the token the portal takes none. */
export const notificationSettings = {
  /** The bearer token with which the registry's notifications prove themselves: at least 32 characters. */
  NOTIFICATIONS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]*$/, 'has a character that a header can not have')
    .min(SECRET_LENGTH, `needs at least ${SECRET_LENGTH} characters`)
    .refine((token) => !isWeak(token), 'can be guessed; make 32 random bytes')
    .optional(),
  /** The Notificaties API (…/api/v1), only for `npm run notifications:subscribe`. */
  NOTIFICATIONS_URL: z
    .url({ protocol: /^https?$/, error: 'is no http(s) URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
};
