import { expect, test } from 'vitest';
import { translatorOf } from '~/i18n/catalogues.server';
import { USUAL_ASKS } from '~/model/appointment';
import { readAsked } from './desk-asks.server';

const t = translatorOf('en');
const plate = { name: 'plate', label: { text: 'Kenteken', lang: 'nl' }, maxLength: 8 } as const;
const street = { name: 'street', label: 'street', maxLength: 5 } as const;
const asks = { ...USUAL_ASKS, own: [plate, street] };

function read(answers: Readonly<Record<string, string>>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ email: 'a@example.org', ...answers })) form.set(name, value);
  return readAsked(form, asks, t);
}

test('an answer longer than the desk takes is refused', () => {
  const { answers, errors } = read({ 'own-plate': 'XX-123-Y and more', 'own-street': 'Kade 1' });
  expect(errors).toEqual({
    'own-plate': t('trouble:tooLong', { field: 'Kenteken', most: 8 }),
    'own-street': t('trouble:tooLong', { field: t('appointment:hold.usual.street'), most: 5 }),
  });
  expect(answers).toMatchObject({ plate: 'XX-123-Y and more' });
});

test('an answer that is missing is asked for', () => {
  const needed = t('appointment:hold.needAnswer');
  expect(read({}).errors).toEqual({ 'own-plate': needed, 'own-street': needed });
  expect(read({ 'own-plate': ' XX-123-Y ', 'own-street': 'Kade' })).toMatchObject({
    answers: { plate: 'XX-123-Y', street: 'Kade' },
    errors: {},
  });
});
