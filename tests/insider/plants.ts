import type { Pattern } from '../../app/model/insider/patterns';
import { type Employee, type Month, worksOn } from './month';

const MINUTE = 60_000;

/** A pattern planted in a month, and the ids of its events. */
export interface Planted {
  readonly pattern: Pattern;
  readonly actor: string;
  readonly eventIds: readonly string[];
}

/** Plants one misuse, blatant or subtle; returns the actor and the events that show it. */
type Plant = (month: Month) => { readonly actor: string; readonly eventIds: readonly string[] };

interface Shift extends Employee {
  readonly day: number;
}

/** A random employee at work on a random day. */
function shift(month: Month, days = month.days): Shift {
  const day = month.pick(days);
  return { ...month.pick(month.staff.filter(({ hours }) => worksOn(month, hours, day))), day };
}

const weekOf = ({ days }: Month, day: number): number[] => {
  const first = Math.floor(days.indexOf(day) / 5) * 5;
  return days.slice(first, first + 5);
};

/** Starts of an employee's calls on a day, in milliseconds. */
const callsOf = ({ calls }: Month, actor: string, day: number): number[] =>
  calls
    .filter((call) => call.actor === actor)
    .map(({ from }) => Date.parse(from))
    .filter((from) => from >= day && from < day + 24 * 60 * MINUTE);

const times = <Thing>(count: number, make: (n: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Opens a file; by the caller's code unless `fields` says otherwise. */
function look(month: Month, ms: number, actor: string, onBehalfOf: string, fields: object = {}): string {
  const consent = { consent: 'code', ground: 'consent-by-code', callId: month.newId() } as const;
  return month.add(ms, actor, {
    action: 'view-case',
    objectType: 'case',
    grantId: month.newId(),
    onBehalfOf,
    ...consent,
    ...fields,
  });
}

/** A look within one of the employee's own calls, so its time shows nothing. */
function lookInCall(month: Month, actor: string, day: number, subject: string, fields: object = {}): string {
  const begin = month.pick(callsOf(month, actor, day));
  return look(month, begin + month.between(10, 150) * 1_000, actor, subject, fields);
}

const lookAtRelation =
  (which: string): Plant =>
  (month) => {
    const { id, day } = shift(month);
    // Not one of the hundreds of namesakes, some of whom call by chance.
    const subject = month.pick(
      month.relations.filter(
        ({ actor, as, subject: who }) => actor === id && which.split(' ').includes(as) && !who.startsWith('namesake'),
      ),
    ).subject;
    return { actor: id, eventIds: [lookInCall(month, id, day, subject)] };
  };

const emergency = (month: Month, ms: number, actor: string, delayed: boolean) => {
  const fields = { objectRef: month.newId(), objectType: 'request', consent: 'glass', ground: 'emergency' } as const;
  const ids = [month.add(ms, actor, { ...fields, action: 'break-glass' })];
  if (delayed) ids.push(month.add(ms, actor, { ...fields, action: 'safety-hold' }));
  return { fields, ids };
};

const approval = (month: Month, ms: number, actor: string, approver: string, seconds: number): string[] => {
  const fields = {
    objectRef: month.newId(),
    objectType: 'request',
    consent: 'alt',
    ground: 'second-approval',
  } as const;
  return [
    month.add(ms, actor, { ...fields, action: 'ask-approval' }),
    month.add(ms + seconds * 1_000, approver, { ...fields, action: 'approve-view' }),
  ];
};

export const PLANTS: Readonly<Record<Pattern, Plant>> = {
  'no-call': (month) => {
    const { id, day } = shift(month);
    const begins = callsOf(month, id, day);
    // Gaps between calls are mostly 4 to 25 minutes, so a longer one has room for looks outside any call.
    const quiet = begins.filter((begin, n) => n > 0 && begin - (begins[n - 1] ?? 0) > 25 * MINUTE);
    const from = quiet.length > 0 ? quiet : [day + 12 * 60 * MINUTE];
    return {
      actor: id,
      eventIds: times(month.between(3, 6), (n) =>
        look(month, month.pick(from) - (5 + n / 10) * MINUTE, id, month.person()),
      ),
    };
  },
  'call-reused': (month) => {
    const { id, day } = shift(month);
    const callId = month.newId();
    return {
      actor: id,
      eventIds: times(month.between(3, 5), () => lookInCall(month, id, day, month.person(), { callId })),
    };
  },
  'out-of-proportion': (month) => {
    const { id, hours, day } = shift(month);
    const week = weekOf(month, day).filter((each) => worksOn(month, hours, each));
    const eventIds = week.flatMap((each) => {
      const begins = callsOf(month, id, each);
      return times(month.between(25, 45), () =>
        look(month, month.pick(begins) + month.between(10, 150) * 1_000, id, month.person()),
      );
    });
    return { actor: id, eventIds };
  },
  'many-in-an-hour': (month) => {
    const { id, hours, day } = shift(month);
    const from = day + month.between(hours.from, hours.to - 60) * MINUTE;
    const count = month.between(21, 40);
    return {
      actor: id,
      eventIds: times(count, (n) => look(month, from + (n / count) * 59 * MINUTE, id, month.person())),
    };
  },
  'same-person-again': (month) => {
    const { id, hours } = shift(month);
    const working = month.days.filter((day) => worksOn(month, hours, day));
    const victim = `victim ${month.newId()}`;
    const step = Math.floor(working.length / 6);
    return {
      actor: id,
      eventIds: times(month.between(4, 6), (n) => lookInCall(month, id, working[n * step] ?? 0, victim)),
    };
  },
  'many-at-one-person': (month) => {
    const { day } = shift(month);
    const victim = `victim ${month.newId()}`;
    const coded = month.random() < 0.5;
    const able = month.staff.filter(({ hours }) => worksOn(month, hours, day));
    const who = able.slice(0, coded ? month.between(9, 10) : month.between(4, 5));
    const fields = coded ? {} : { consent: 'alt', ground: 'second-approval' };
    return {
      actor: who[0]?.id ?? '',
      eventIds: who.map(({ id }) => lookInCall(month, id, day, victim, fields)),
    };
  },
  'own-file': lookAtRelation('self'),
  'related-person': lookAtRelation('family address name'),
  'colleague-file': lookAtRelation('colleague'),
  'around-own-case': (month) => {
    const { id, day } = shift(month);
    const own = month.relations.find(({ actor, as }) => actor === id && as === 'self')?.subject ?? '';
    const able = month.staff.filter(({ id: other, hours }) => {
      const knows = month.relations.some(({ actor, subject }) => actor === other && subject === own);
      return !knows && worksOn(month, hours, day);
    });
    const favour = month.pick(able).id;
    const at = month.pick(callsOf(month, favour, day)) + MINUTE;
    const lookup = month.add(at - month.between(2, 9) * MINUTE, id, { action: 'locate', result: 'denied' });
    return { actor: id, eventIds: [lookup, look(month, at, favour, own)] };
  },
  'outside-hours': (month) => {
    const { id, day } = shift(month);
    const at = day + (month.random() < 0.5 ? month.between(20, 23) : month.between(0, 6)) * 60 * MINUTE;
    const eventIds = times(month.between(1, 4), (n) => look(month, at + n * MINUTE, id, month.person()));
    month.calls.push({ actor: id, from: new Date(at).toISOString(), to: new Date(at + 10 * MINUTE).toISOString() });
    return { actor: id, eventIds };
  },
  'emergency-unconfirmed': (month) => {
    const { id, day } = shift(month);
    const at = month.pick(callsOf(month, id, day)) + MINUTE;
    const { fields, ids } = emergency(month, at, id, false);
    if (month.random() < 0.7) month.add(at + 15 * MINUTE, 'portal', { ...fields, action: 'report-emergency' });
    else month.add(at + 5 * MINUTE, month.staff[0]?.id ?? '', { ...fields, action: 'refuse-emergency' });
    return { actor: id, eventIds: [...ids, lookInCall(month, id, day, month.person(), fields)] };
  },
  'emergency-often': (month) => {
    const { id, hours, day } = shift(month);
    const week = weekOf(month, day).filter((each) => worksOn(month, hours, each));
    const eventIds = times(month.between(3, 5), () => {
      const { fields, ids } = emergency(month, month.pick(callsOf(month, id, month.pick(week))), id, false);
      month.add(Date.parse(month.events.at(-1)?.time ?? '') + 3 * MINUTE, 'employee-0', {
        ...fields,
        action: 'confirm-emergency',
      });
      return ids;
    }).flat();
    return { actor: id, eventIds };
  },
  'held-looks': (month) => {
    const { id, day } = shift(month);
    const eventIds = times(2, () => {
      const at = month.pick(callsOf(month, id, day));
      const { fields, ids } = emergency(month, at, id, true);
      month.add(at + 2 * MINUTE, 'employee-1', { ...fields, action: 'confirm-emergency' });
      return ids;
    }).flat();
    return { actor: id, eventIds };
  },
  fishing: (month) => {
    const { id, hours, day } = shift(month);
    const fast = month.random() < 0.6;
    const from = day + (fast ? month.between(hours.from, hours.to - 60) : hours.from) * MINUTE;
    const span = (fast ? 45 : hours.to - hours.from) * MINUTE;
    const count = fast ? month.between(10, 25) : month.between(25, 60);
    return {
      actor: id,
      eventIds: times(count, (n) => month.add(from + (n / count) * span, id, { action: 'locate', result: 'denied' })),
    };
  },
  'code-guessing': (month) => {
    const { id, day } = shift(month);
    const at = month.pick(callsOf(month, id, day));
    const stopped = month.random() < 0.5;
    return {
      actor: id,
      eventIds: times(stopped ? 6 : month.between(7, 12), (n) =>
        month.add(at + n * (stopped ? 20_000 : 30 * MINUTE), id, {
          action: 'verify-code',
          result: 'denied',
          grantId: month.newId(),
          reason: stopped && n === 5 ? 'too-often' : 'wrong',
        }),
      ),
    };
  },
  'same-approver': (month) => {
    const full = month.staff.filter(({ hours }) => hours.days.length === 5);
    const one = month.pick(full).id;
    const other = month.pick(full.filter(({ id }) => id !== one)).id;
    const partner = new Map([
      [one, other],
      [other, one],
    ]);
    // The partner answers nearly all requests that each of the two made anyway.
    const asks = month.events.filter(({ action, actor }) => action === 'ask-approval' && partner.has(actor));
    const rerouted = new Map(asks.filter(() => month.random() < 0.9).map((ask) => [ask.objectRef, ask.actor] as const));
    const answers = month.events.flatMap((event, at) => (/^(approve|refuse)-view$/.test(event.action) ? [at] : []));
    for (const at of answers) {
      const event = month.events[at];
      const actor = event && partner.get(rerouted.get(event.objectRef) ?? '');
      if (event && actor) month.events[at] = { ...event, actor, action: 'approve-view' };
    }
    return { actor: one, eventIds: asks.map(({ operationId }) => operationId) };
  },
  'quick-approval': (month) => {
    const { id, day } = shift(month);
    const asker = month.pick(month.staff.filter((each) => each.id !== id)).id;
    const eventIds = times(month.between(4, 8), () =>
      approval(month, month.pick(callsOf(month, id, day)), asker, id, month.between(2, 12)),
    ).flat();
    return { actor: id, eventIds };
  },
  'bulk-lists': (month) => {
    const actor = month.pick(month.advisors);
    const day = month.pick(month.days);
    const [action, count] =
      month.random() < 0.5
        ? (['export-deadlines', month.between(7, 20)] as const)
        : (['list-clients', month.between(160, 400)] as const);
    const fields = { actorRole: 'advisor', ground: 'mandate', purpose: null } as const;
    return {
      actor,
      eventIds: times(count, (n) => month.add(day + (9 * 60 + n) * MINUTE, actor, { ...fields, action })),
    };
  },
  'files-in-a-row': (month) => {
    const actor = month.pick(month.advisors);
    const at = month.pick(month.days) + month.between(8, 22) * 60 * MINUTE;
    const fields = { actorRole: 'advisor', ground: 'mandate', consent: null, callId: null } as const;
    return {
      actor,
      eventIds: times(month.between(30, 120), (n) =>
        look(month, at + n * 3_000, actor, `client ${actor} ${n}`, fields),
      ),
    };
  },
};
