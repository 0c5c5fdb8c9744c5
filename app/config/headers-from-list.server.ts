import { z } from 'zod';

/** Headers as OpenTelemetry's settings have them: `name=value`, with commas between, values percent-encoded. */
export const headersFromList = z.string().transform((list, context): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const pair of list.split(',').filter((one) => one.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
    if (name === '' || !/^([^%]|%[0-9a-f]{2})*$/i.test(value)) {
      context.addIssue({ code: 'custom', message: 'is no list of name=value' });
      return z.NEVER;
    }
    headers[name] = decodeURIComponent(value);
  }
  return headers;
});
