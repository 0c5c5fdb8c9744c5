import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typedAddress, typedForm } from './typed-input.server';

const form = (text: string) => typedForm(Buffer.from(text))?.toString() ?? null;

test('a form without anything odd stays as it was, to the byte', () => {
  for (const sent of ['', 'a=1&b=&a=2', 'text=two%0D%0Alines+and%26signs', 'name=%C3%A9'])
    expect(form(sent)).toBe(sent);
});

test('names and values of a form are cleaned', () => {
  expect(form('office=%E2%80%AA%D9%A0%D9%A0%D9%A2&na%E2%80%8Bme=x')).toBe('office=002&name=x');
});

test('a control character in a name or value is refused', () => {
  for (const sent of ['desk=A%00', 'de%00sk=A', 'a=1&b=%1B', 'a=\u0000']) expect(form(sent)).toBeNull();
});

test('an address is cleaned in its path and query, or refused', () => {
  expect(typedAddress('/en/cases/abc%E2%80%8E?q=%DB%B1&x=1')).toBe('/en/cases/abc?q=1&x=1');
  expect(typedAddress('/auth/callback?state=a%2Bb&code=x%20y')).toBe('/auth/callback?state=a%2Bb&code=x%20y');
  expect(typedAddress('/en/cases/%00')).toBeNull();
  expect(typedAddress('/en/wait?month=%00')).toBeNull();
  expect(typedAddress('/en/%ZZ')).toBe('/en/%ZZ');
});

test('no bytes of a form break the door', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const clean = typedForm(Buffer.from(bytes));
      if (clean) expect(typedForm(clean)?.toString()).toBe(clean.toString());
    }),
  );
});
