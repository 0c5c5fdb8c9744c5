import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { LANGUAGES } from '~/model/language';
import { failurePage, failurePolicy } from './failure-page.server';

const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

test.each(LANGUAGES)('%s: every bare page is valid and its policy allows its style', async (language) => {
  for (const why of ['broken', 'busy', 'maintenance', 'offline'] as const) {
    const html = failurePage(language, why, config(), { day: 'DAY', time: 'TIME' });
    expect(html).not.toMatch(/\{\{|undefined|>(title|body|again)</);
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
    expect(html.includes('DAY') && html.includes('TIME')).toBe(why === 'maintenance');
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(failurePolicy(config())).toContain(`style-src 'sha256-${hash}'`);
    expect(style).toContain('--zicht-color-page:#f8f4ec');
  }
});
