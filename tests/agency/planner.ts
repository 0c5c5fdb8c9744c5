import { plannerFor } from '../../app/agency/planner.server';
import type { BookingRequest, Planner } from '../../app/agency/planner-port';
import { type PlannerSettings, plannersFromJson } from '../../app/config/planners.server';
import type { Desk, Slot } from '../../app/model/appointment';
import type { WritingViewer } from '../../app/model/viewer';
import { type ScriptedAnswer, scriptedGate } from './scripted-gate';

/** Makes an adapter from configuration. Its backend answers from `answers`. */
export function plannerWith(
  settings: Readonly<Record<string, unknown>>,
  answer: Parameters<typeof scriptedGate>[0],
  freshMs = 0,
): { readonly planner: Planner; readonly asked: ReturnType<typeof scriptedGate>['asked'] } {
  const [read] = plannersFromJson.parse(JSON.stringify([{ url: 'http://localhost:1', ...settings }]));
  const { gate, asked } = scriptedGate(answer);
  return { planner: plannerFor(settingsOr(read), gate, freshMs), asked };
}

function settingsOr(read: PlannerSettings | undefined): PlannerSettings {
  if (!read) throw new Error('no settings');
  return read;
}

/**
 * Answers by the start of "METHOD path"; the longest match wins. A request without an answer is a mistake of the test.
 */
export const byStart =
  (answers: Readonly<Record<string, ScriptedAnswer>>) =>
  ({ method, path }: { readonly method: string; readonly path: string }): ScriptedAnswer => {
    const [start] = Object.keys(answers)
      .filter((each) => `${method} ${path}`.startsWith(each))
      .sort((a, b) => b.length - a.length);
    if (start === undefined) throw new Error(`nobody answers ${method} ${path}`);
    return answers[start] ?? {};
  };

export const VIEWER: WritingViewer = {
  actor: { id: 'amal', role: 'applicant', name: 'Amal' },
  subject: { person: { kind: 'vnumber', value: '2811000137' }, name: 'Amal' },
  basis: 'self',
  scope: 'write',
  language: 'en',
};

export const DESK: Desk = { key: '31001', name: 'Desk' };

export const SLOT: Slot = {
  key: '1806390000',
  desk: DESK,
  date: '2027-03-30',
  startTime: '09:00',
  endTime: '09:10',
  zone: 'Europe/Amsterdam',
  instant: '2027-03-30T07:00:00Z',
};

export const REQUEST: BookingRequest = {
  product: 'BIO',
  slot: SLOT,
  hold: '',
  reference: 'wish-1',
  visitors: [{ givenName: 'Amal', familyName: 'Voorbeeld', vNumber: '2811000137' }],
  email: 'amal@example.test',
  phone: '06 0000 0000',
};
