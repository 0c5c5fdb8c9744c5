import { expect, test, vi } from 'vitest';

test('security.txt names the contact and a day within a year', async () => {
  const expires = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  vi.stubEnv('SECURITY_CONTACT', 'mailto:security@agency.example');
  vi.stubEnv('SECURITY_EXPIRES', expires);
  const { loader } = await import('./security-txt');
  const text = await loader().text();
  expect(text).toMatch(/^Contact: mailto:security@agency\.example$/m);
  const [, until = ''] = /^Expires: (\S+)$/m.exec(text) ?? [];
  const days = (Date.parse(until) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(0);
  expect(days).toBeLessThan(366);
});
