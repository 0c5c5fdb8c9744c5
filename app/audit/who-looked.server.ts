import { z } from 'zod';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Language } from '~/model/language';
import { OFFICE_ROLES } from '~/model/office';
import { momentWords } from '~/platform/moment-words.server';
import { lookedAt } from '~/store/audit.server';

const bodySchema = z.object({
  ground: z.string(),
  onBehalfOf: z.string().nullable().catch(null),
  colleague: z.enum(OFFICE_ROLES).nullable().catch(null),
  actorUnit: z.string().nullable().catch(null),
});
const ACTIONS = [
  'list-clients',
  'export-deadlines',
  'view-case',
  'view-cases',
  'view-visit',
  'view-log',
  'open-letter',
  'pause-advisor',
  'check-statement',
  'view-represented',
  'book',
  'move-booking',
  'cancel-booking',
  'set-watch',
  'stop-watch',
] as const;
/** Lists that professionals open all day, and pages that who represents a person does. */
const DAILY = ['list-clients', 'export-deadlines', 'view-represented'] as const;
const GROUNDS = [
  'mandate',
  'representation',
  'representationOfOther',
  'consent-by-code',
  'second-approval',
  'emergency',
  'statement',
] as const;
const ROLES = [
  'advisor',
  'colleague',
  'representative',
  'representativeOfOther',
  'staff',
  'applicant',
  'system',
  'anyone',
] as const;

/**
 * Who else looked at a person's data, in words, newest first. Employees and advisors are shown by role only. Lists that are
 * opened all day are one line a day.
 *
 * @param owner keyed hash of the person
 */
export async function whoLooked(owner: string, language: Language) {
  const t = translatorOf(language);
  const looks = await lookedAt(owner, { daily: DAILY, zone: config().AGENCY_ZONE });
  return looks.map((look) => {
    const action = ACTIONS.find((known) => known === look.action) ?? 'other';
    const body = bodyOf(look.body);
    const ground = GROUNDS.find((known) => known === groundOf(body, owner)) ?? 'other';
    const role = look.stoodIn ? 'colleague' : (REPRESENTING.get(ground) ?? look.actorRole);
    const who = t(`audit:role.${ROLES.find((known) => known === role) ?? 'system'}`);
    return {
      id: look.operationId,
      when: momentWords(look.at, language),
      who: body?.colleague ? t(`audit:office.${body.colleague}`, { number: body.actorUnit ?? '' }) : who,
      what: t(`audit:action.${action}`),
      why: t(`audit:ground.${ground}`),
      times: look.times,
      /** Requested and not shown. */
      notSent: look.notSent,
    };
  });
}

export type LookView = Awaited<ReturnType<typeof whoLooked>>[number];

const REPRESENTING: ReadonlyMap<string, string> = new Map([
  ['representation', 'representative'],
  ['representationOfOther', 'representativeOfOther'],
]);

/** Who represents one person in a case sees what it holds of the others too. */
function groundOf(body: Body | null, owner: string): string | null {
  const { ground = null, onBehalfOf = null } = body ?? {};
  return ground === 'representation' && onBehalfOf !== owner ? 'representationOfOther' : ground;
}

type Body = z.output<typeof bodySchema>;

function bodyOf(text: string): Body | null {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
