import { describe, expect, test } from 'vitest';
import { loadConfig } from '~/config/config.server';
import { LANGUAGES } from '~/model/language';
import { mailOf, sendsMail } from './mail.server';

const environment = {
  ORIGIN: 'https://portal.example',
  DATABASE_URL: 'postgres://zicht@database.example/zicht?sslmode=require',
  SESSION_SECRET: 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa',
  OWNER_SECRET: 'Vd8sK2pL9xQ4mN7bR1tY6wE3cZ5uJ0hG',
  OIDC_ISSUER: 'https://login.example/',
  OIDC_CLIENT_ID: 'zicht',
  OIDC_CLIENT_SECRET: 'u8Lw2',
  OIDC_ASSURANCE: '{"levels":["low","high"],"applicant":"low","advisor":"high","staff":"high"}',
  ZAKEN_URL: 'https://zaken.example/api/v1',
  CATALOGI_URL: 'https://catalogi.example/api/v1',
  ZGW_CLIENT_ID: 'zicht',
  ZGW_SECRET: 'q7Rt5',
  PLANNER_URL: 'https://planner.example/oap',
  STATISTICS_URL: 'https://statistics.example',
  QUEUE_URL: 'https://queue.example',
  AGENCY_TOKEN: 'p4Xn1',
  AGENCY_DIR: 'mocks/agencies/ind',
  AGENCY_NAME: 'Agency',
  AGENCY_PHONE: '+31 88 000 0000',
};
const faultsOf = (change: Record<string, string>): readonly string[] => {
  const loaded = loadConfig({ ...environment, ...change });
  return loaded.ok ? [] : loaded.faults;
};

describe('the mail configuration', () => {
  test('needs a mail server and a sender together', () => {
    const [SMTP_URL, MAIL_FROM] = ['smtps://user:word@mail.example', 'no-reply@portal.example'];
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ SMTP_URL, MAIL_FROM })).toEqual([]);
    expect(faultsOf({ SMTP_URL })).toEqual([expect.stringContaining('both or neither')]);
    expect(faultsOf({ MAIL_FROM })).toEqual([expect.stringContaining('both or neither')]);
    expect(faultsOf({ SMTP_URL: 'https://mail.example', MAIL_FROM })).toEqual([expect.stringContaining('SMTP_URL')]);
    expect(faultsOf({ SMTP_URL, MAIL_FROM: 'nobody' })).toEqual([expect.stringContaining('MAIL_FROM')]);
  });

  test('a production portal has no crash point', () => {
    expect(faultsOf({ CRASH_AT: 'move-booked' })).toEqual([expect.stringContaining('CRASH_AT')]);
  });

  test('no mail is promised without a mail server', () => {
    expect(sendsMail()).toBe(false);
  });
});

test('a confirmation mail holds the code and where to type it', () => {
  for (const language of LANGUAGES) {
    const { subject, text } = mailOf('confirm-address', language, '042137');
    expect(subject).not.toContain('042137');
    expect(text).toMatch(/^042137$/m);
    expect(text).toContain(`http://localhost:3000/${language}/e-mail`);
    expect(`${subject}${text}`).not.toMatch(/\{\{|appointment:/);
  }
});

test('every mail says only that there is news, and where', () => {
  const mails = LANGUAGES.flatMap((language) =>
    (['watch-set', 'earlier-slot', 'draw-offer', 'draw-lost'] as const).map((kind) => ({
      language,
      ...mailOf(kind, language),
    })),
  );
  expect(new Set(mails.map(({ text }) => text)).size).toBe(mails.length);
  for (const { language, subject, text } of mails) {
    expect(subject).toMatch(/^Zicht\s?[:：፦]\s?\S/);
    expect(text).toContain(`http://localhost:3000/${language}/cases`);
    expect(`${subject}${text}`).not.toMatch(/\{\{|appointment:/);
  }
});
