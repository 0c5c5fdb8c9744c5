import {
  countDistinct,
  DAY,
  type Facts,
  type Finding,
  fullestStretch,
  groupBy,
  type Hours,
  type Look,
  MINUTE,
  type Relation,
  type Rule,
} from './stream';

/** An employee may still have the page open after the call, and clocks differ. */
const CALL_SLACK = 3 * MINUTE;
/** One or two a week may be passed on by a colleague, or missing from the telephone system. */
const UNCALLED_LOOKS = 3;
const HOUR = 60 * MINUTE;
/** Callers speak for themselves and perhaps for one relative. */
const PEOPLE_PER_CALL = 2;
/** How many times the colleagues' median is too much, and the fewest looks a week to compare. */
const PROPORTION = 1.8;
const PROPORTION_LEAST_LOOKS = 20;
const LEAST_COLLEAGUES = 3;
/** Different people within an hour: no call takes three minutes for a whole hour. */
const PEOPLE_PER_HOUR = 20;
/** Days on which the same employee looked at a person, with at least half of all looks at that person. */
const SAME_PERSON_DAYS = 4;
/** Employees who looked at one person in a week; the second limit is for looks without the person's code. */
const EMPLOYEES_PER_PERSON = 8;
const EMPLOYEES_PER_PERSON_WITHOUT_CODE = 3;
const AROUND_OWN_WORK = 15 * MINUTE;
/** Minutes by which a last call may run over. */
const OVERTIME = 30;

const weekly = (looks: readonly Look[]): Look[][] => groupBy(looks, ({ actor, first }) => `${actor} ${first.week}`);

/** One finding about these looks, in the week of the last. */
function findingOn(looks: readonly Look[], why: string): Finding[] {
  const last = looks.at(-1);
  if (!last) return [];
  return [{ actor: last.actor, week: last.first.week, eventIds: looks.flatMap(({ eventIds }) => eventIds), why }];
}

/**
 * Looks while the employee had no call. Call-backs are left out: they may use another telephone, and a second employee
 * approved them.
 */
export const noCall: Rule = ({ looks }, { calls }) => {
  if (calls === null) return [];
  const spans = new Map<string, { readonly from: number; readonly to: number }[]>();
  for (const { actor, from: began, to: ended } of calls) {
    const span = { from: Date.parse(began) - CALL_SLACK, to: Date.parse(ended) + CALL_SLACK };
    for (let hour = Math.floor(span.from / HOUR); hour <= span.to / HOUR; hour += 1) {
      const key = `${actor} ${hour}`;
      spans.set(key, [...(spans.get(key) ?? []), span]);
    }
  }
  const inCall = ({ actor, first: { ms } }: Look) =>
    (spans.get(`${actor} ${Math.floor(ms / HOUR)}`) ?? []).some(({ from, to }) => from <= ms && ms <= to);
  const uncalled = looks.filter((look) => look.first.consent !== 'alt' && !inCall(look));
  return weekly(uncalled).flatMap((group) =>
    countDistinct(group, ({ first }) => first.callId ?? first.operationId) >= UNCALLED_LOOKS
      ? findingOn(group, `${group.length} looks while no call of this employee was under way`)
      : [],
  );
};

/** One call's id used for the files of several people. */
export const callReused: Rule = ({ looks }) =>
  groupBy(
    looks.filter(({ first }) => first.callId !== null),
    ({ actor, first }) => `${actor} ${first.week} ${first.callId?.trim().toLowerCase()}`,
  ).flatMap((group) => {
    const people = countDistinct(group, ({ subject }) => subject);
    return people > PEOPLE_PER_CALL ? findingOn(group, `${people} people's files under the id of one call`) : [];
  });

/** Many more people a working day than colleagues of the same unit in the same week. */
export const outOfProportion: Rule = ({ looks }) =>
  groupBy(looks, ({ first }) => `${first.week} ${first.actorUnit}`).flatMap((unit) => {
    const paces = groupBy(unit, ({ actor }) => actor).map((own) => ({
      own,
      pace: countDistinct(own, ({ subject }) => subject) / countDistinct(own, ({ first }) => first.day),
    }));
    return paces.flatMap(({ own, pace }) => {
      const others = paces.filter((each) => each.own !== own).map((each) => each.pace);
      const usual = median(others);
      if (others.length < LEAST_COLLEAGUES || own.length < PROPORTION_LEAST_LOOKS || pace <= PROPORTION * usual)
        return [];
      return findingOn(own, `${pace.toFixed(0)} people a day; colleagues of the same unit ${usual.toFixed(0)}`);
    });
  });

export const manyInAnHour: Rule = ({ looks }) =>
  weekly(looks).flatMap((week) => {
    const hour = fullestStretch(week, HOUR, ({ first }) => first.ms);
    const people = countDistinct(hour, ({ subject }) => subject);
    return people >= PEOPLE_PER_HOUR ? findingOn(hour, `${people} people's files within an hour`) : [];
  });

/** The same employee at the same person again and again; by chance most callers get another employee each time. */
export const samePersonAgain: Rule = ({ looks }) =>
  groupBy(looks, ({ subject }) => subject).flatMap((person) => {
    const dayOf = ({ actor, first }: Look) => `${actor} ${first.day}`;
    const all = countDistinct(person, dayOf);
    return groupBy(person, ({ actor }) => actor).flatMap((own) => {
      const days = countDistinct(own, dayOf);
      if (days < SAME_PERSON_DAYS || days * 2 < all) return [];
      return findingOn(own, `the same person on ${days} of the ${all} days with a look at this person`);
    });
  });

/** Many employees at one person within a week. Each of them gets a finding. */
export const manyAtOne: Rule = ({ looks }) =>
  groupBy(looks, ({ subject }) => subject).flatMap((person) => {
    const withoutCode = person.filter(({ first }) => first.consent !== 'code');
    return [
      { group: person, limit: EMPLOYEES_PER_PERSON },
      { group: withoutCode, limit: EMPLOYEES_PER_PERSON_WITHOUT_CODE },
    ]
      .map(({ group, limit }) => ({ group: fullestStretch(group, 7 * DAY, ({ first }) => first.ms), limit }))
      .filter(({ group, limit }) => countDistinct(group, ({ actor }) => actor) >= limit)
      .slice(0, 1)
      .flatMap(({ group }) => {
        const employees = countDistinct(group, ({ actor }) => actor);
        const why = `one of ${employees} employees who looked at the same person within a week`;
        return groupBy(group, ({ actor }) => actor).flatMap((own) => findingOn(own, why));
      });
  });

/** Looks at the employees themselves or at people related to them. */
export const relatedTo =
  (kinds: readonly Relation['as'][]): Rule =>
  ({ looks }, { relations }) => {
    const known = new Map(
      relations.filter((each) => kinds.includes(each.as)).map((each) => [`${each.actor} ${each.subject}`, each.as]),
    );
    const close = looks.filter(({ actor, subject }) => known.has(`${actor} ${subject}`));
    return groupBy(close, ({ actor, subject, first }) => `${actor} ${subject} ${first.week}`).flatMap((group) => {
      const as = known.get(`${group[0]?.actor} ${group[0]?.subject}`) ?? 'self';
      return findingOn(group, `the file of ${RELATION_WORDS[as]}`);
    });
  };

const RELATION_WORDS: Readonly<Record<Relation['as'], string>> = {
  self: 'this employee',
  family: 'a relative',
  address: 'a person at the same address',
  name: 'a person with the same family name',
  colleague: 'a colleague',
};

/** A colleague opens an employee's own file while that employee is at work: a favour, not a call. */
export const aroundOwnCase: Rule = ({ looks, moments }, { relations }) => {
  const employeeOf = new Map(
    relations.flatMap(({ as, actor, subject }) => (as === 'self' ? [[subject, actor] as const] : [])),
  );
  const at = groupBy(
    looks.filter(({ subject, actor }) => employeeOf.has(subject) && employeeOf.get(subject) !== actor),
    ({ subject }) => subject,
  );
  return at.flatMap((group) => {
    const actor = employeeOf.get(group[0]?.subject ?? '') ?? '';
    const own = moments.filter((moment) => moment.actor === actor && moment.actorRole === 'staff');
    return group.flatMap((look) => {
      const near = own.filter(({ ms }) => ms > look.first.ms - AROUND_OWN_WORK && ms < look.last.ms + AROUND_OWN_WORK);
      if (near.length === 0) return [];
      const eventIds = [...look.eventIds, ...near.map(({ operationId }) => operationId)];
      const why = 'a colleague opened the file of this employee, who was at work at the time';
      return [{ actor, week: look.first.week, eventIds, why }];
    });
  });
};

export const outsideHours: Rule = ({ looks }, facts) =>
  weekly(looks.filter((look) => !isAtWork(look, facts))).flatMap((group) =>
    findingOn(group, `${group.length === 1 ? 'a look' : `${group.length} looks`} outside working hours`),
  );

function isAtWork({ actor, first }: Look, { hours, ownHours }: Facts): boolean {
  const { from, to, days }: Hours = ownHours.get(actor) ?? hours;
  return days.includes(first.weekday) && first.minute >= from - OVERTIME && first.minute <= to + OVERTIME;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
