import { z } from 'zod';
import type { QmaticSettings } from '~/config/planners.server';
import { type DeskAsks, type OwnField, USUAL_ASKS } from '~/model/appointment';
import { amountOrNone, flagOrNone, listIn, textOrNone } from '../field-values.server';
import type { Service } from './schema.server';

/** Fields that every booking has. */
const KNOWN = ['name', 'firstname', 'lastname', 'identificationnumber', 'externalid'];
const PHONES = ['phone', 'phonenumber', 'telephone'];
/** Where installations list what a service requires. */
const LISTS = ['required_fields', 'requiredFields', 'custom_fields', 'customFields'];
const LONGEST_ANSWER = 250;

const fieldSchema = z.object({
  name: textOrNone,
  key: textOrNone,
  id: textOrNone,
  label: textOrNone,
  title: textOrNone,
  required: flagOrNone,
  maxLength: amountOrNone,
});

interface Required {
  readonly name: string;
  /** Null where the installation has only a programmer's name for it. */
  readonly label: string | null;
  readonly maxLength: number;
}

/** What a service requires by its own settings; null when it requires a field that has no words to ask it by. */
export function asksOf(
  custom: Service['custom'],
  { asks: set, language }: Pick<QmaticSettings, 'asks' | 'language'>,
): DeskAsks | null {
  const required = LISTS.flatMap((name) => itemsIn(custom[name])).flatMap((item) => requiredIn(item) ?? []);
  const plain = required.map(({ name }) => plainOf(name));
  const own: OwnField[] = [];
  for (const { name, label, maxLength } of required) {
    if ([...KNOWN, ...PHONES, 'email'].includes(plainOf(name)) || own.some((field) => field.name === name)) continue;
    if (label === null) return null;
    own.push({ name, label: { text: label, lang: language }, maxLength });
  }
  return {
    email: plain.includes('email') ? 'required' : (set.email ?? USUAL_ASKS.email),
    phone: plain.some((name) => PHONES.includes(name)) ? 'required' : (set.phone ?? USUAL_ASKS.phone),
    own,
  };
}

/** A list, or a text with commas. */
const itemsIn = (value: unknown): readonly unknown[] => (typeof value === 'string' ? value.split(',') : listIn(value));

function requiredIn(item: unknown): Required | null {
  const text = textOrNone.parse(item);
  if (text !== null) return { name: text, label: wordsIn(text), maxLength: LONGEST_ANSWER };
  const field = fieldSchema.safeParse(item).data;
  const label = field?.label ?? field?.title ?? null;
  const name = field?.name ?? field?.key ?? field?.id ?? label;
  if (!field || !name || field.required === false) return null;
  return {
    name,
    label: label ?? wordsIn(name),
    maxLength: Math.min(field.maxLength ?? LONGEST_ANSWER, LONGEST_ANSWER),
  };
}

/** A name that people can read, such as "Kenteken" and unlike "licencePlate". */
const wordsIn = (name: string): string | null => (/^\p{Lu}|\s/u.test(name) && !/[_\d]/.test(name) ? name : null);

const plainOf = (name: string): string => name.toLowerCase().replace(/\W|_/g, '');
