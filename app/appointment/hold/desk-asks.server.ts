import { within } from '~/agency/budget.server';
import { plannerOfAgency } from '~/agency/planner.server';
import type { Translate } from '~/i18n/keys';
import { type DeskAsks, isProduct, USUAL_ASKS } from '~/model/appointment';
import { birthDateIn } from '~/model/birth-date';
import { knownValue } from '~/model/loaded';
import { agencyDay } from '~/platform/clock.server';
import type { Hold } from '~/store/hold.server';

/** How long a page waits for the planner's desks, in milliseconds; they are cached. */
const BUDGET = 900;

/** What the desk of a hold wants to know; the usual where its planner does not answer. */
export async function asksOf({ product, desk }: Pick<Hold, 'product' | 'desk'>): Promise<DeskAsks> {
  if (!isProduct(product)) return USUAL_ASKS;
  const desks = knownValue(await within(BUDGET, () => plannerOfAgency().desksOf(product))) ?? [];
  return desks.find(({ key }) => key === desk)?.asks ?? USUAL_ASKS;
}

/** The form's name of a planner's own field. */
export const fieldOf = (name: string): string => `own-${name}`;

/** The answers to the desk's own fields, and what is missing: field of the form → what to do. */
export function readAsked(form: FormData, asks: DeskAsks, t: Translate) {
  const asOf = agencyDay();
  const text = (field: string) => String(form.get(field) ?? '').trim();
  const errors: Record<string, string> = {};
  if (asks.email === 'required' && text('email') === '') errors.email = t('appointment:hold.needEmailHere');
  if (asks.phone === 'required' && text('phone') === '') errors.phone = t('appointment:hold.needPhoneHere');
  const answers: Record<string, string> = {};
  for (const { name, label, maxLength } of asks.own) {
    const answer = text(fieldOf(name));
    const birthDate = label === 'birthDate' && answer !== '' ? birthDateIn(answer, asOf) : answer;
    answers[name] = birthDate ?? answer;
    if (answer === '') errors[fieldOf(name)] = t('appointment:hold.needAnswer');
    else if (answer.length > maxLength)
      errors[fieldOf(name)] = t('trouble:tooLong', { field: labelOf(label, t), most: maxLength });
    else if (birthDate === null) errors[fieldOf(name)] = t('appointment:hold.badBirthDate');
  }
  return { answers, errors };
}

const labelOf = (label: DeskAsks['own'][number]['label'], t: Translate): string =>
  typeof label === 'string' ? t(`appointment:hold.usual.${label}`) : label.text;
