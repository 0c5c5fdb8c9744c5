import { isbot } from 'isbot';

export type Device = 'phone' | 'tablet' | 'computer' | 'program';

/** The kind of device that sent these request headers. */
export function deviceOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Device {
  const { 'user-agent': agent = '', 'sec-ch-ua-mobile': mobile } = headers;
  if (typeof agent !== 'string' || agent === '' || isbot(agent)) return 'program';
  if (mobile === '?1' || /\bMobi/.test(agent)) return 'phone';
  return /\biPad\b|\bAndroid\b|\bTablet\b/.test(agent) ? 'tablet' : 'computer';
}
