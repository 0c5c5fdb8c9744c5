import {
  countOf,
  DAY,
  type Facts,
  type Found,
  fullest,
  groupedBy,
  type Hours,
  type Look,
  MINUTE,
  type Relation,
  type Rule,
} from './stream';

/** Who hangs up may still have the page before him, and clocks differ. */
const CALL_SLACK = 3 * MINUTE;
/** One or two a week may have been passed on by a colleague, or lost by the telephone system. */
const UNCALLED = 3;
const HOUR = 60 * MINUTE;
/** A caller speaks for himself and perhaps for one relative. */
const PEOPLE_A_CALL = 2;
/** How often more than the middle colleague a day is out of proportion, and from how many looks a week on. */
const PROPORTION = 1.8;
const PROPORTION_FROM = 20;
const FEW_COLLEAGUES = 3;
/** Different people within an hour: no call is over in three minutes, hour-long. */
const AN_HOUR = 20;
/** On so many days by the same employee, who had at least half of all that person's calls. */
const SAME_DAYS = 4;
/** So many employees at one person in a week; fewer where the person had no part in it. */
const AT_ONE = 8;
const AT_ONE_UNASKED = 3;
const AROUND = 15 * MINUTE;
/** A last call may last. */
const OVERTIME = 30;

const weekly = (looks: readonly Look[]): Look[][] => groupedBy(looks, ({ actor, first }) => `${actor} ${first.week}`);

/** One finding about looks; its week is that of the last of them. */
function found(looks: readonly Look[], why: string): Found[] {
  const last = looks.at(-1);
  if (!last) return [];
  return [{ actor: last.actor, week: last.first.week, eventIds: looks.flatMap(({ eventIds }) => eventIds), why }];
}

/**
 * Looks while the telephone system knew of no call of the employee. A call-back goes out by whatever telephone, and has a
 * second employee's yes.
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
    countOf(group, ({ first }) => first.callId ?? first.operationId) >= UNCALLED
      ? found(group, `${group.length} looks while no call of this employee was under way`)
      : [],
  );
};

/** One call's name for the files of several people. */
export const callReused: Rule = ({ looks }) =>
  groupedBy(
    looks.filter(({ first }) => first.callId !== null),
    ({ actor, first }) => `${actor} ${first.week} ${first.callId?.trim().toLowerCase()}`,
  ).flatMap((group) => {
    const people = countOf(group, ({ subject }) => subject);
    return people > PEOPLE_A_CALL ? found(group, `${people} people's files under the name of one call`) : [];
  });

/** Many more people a working day than colleagues of the same unit looked at in the same week. */
export const outOfProportion: Rule = ({ looks }) =>
  groupedBy(looks, ({ first }) => `${first.week} ${first.actorUnit}`).flatMap((unit) => {
    const paces = groupedBy(unit, ({ actor }) => actor).map((own) => ({
      own,
      pace: countOf(own, ({ subject }) => subject) / countOf(own, ({ first }) => first.day),
    }));
    return paces.flatMap(({ own, pace }) => {
      const others = paces.filter((each) => each.own !== own).map((each) => each.pace);
      const usual = middle(others);
      if (others.length < FEW_COLLEAGUES || own.length < PROPORTION_FROM || pace <= PROPORTION * usual) return [];
      return found(own, `${pace.toFixed(0)} people a day; colleagues of the same unit ${usual.toFixed(0)}`);
    });
  });

/** More people within an hour than callers can be answered. */
export const manyInAnHour: Rule = ({ looks }) =>
  weekly(looks).flatMap((week) => {
    const hour = fullest(week, HOUR, ({ first }) => first.ms);
    const people = countOf(hour, ({ subject }) => subject);
    return people >= AN_HOUR ? found(hour, `${people} people's files within an hour`) : [];
  });

/** The same employee at the same person again and again, where chance gives most callers another employee each time. */
export const samePersonAgain: Rule = ({ looks }) =>
  groupedBy(looks, ({ subject }) => subject).flatMap((person) => {
    const dayOf = ({ actor, first }: Look) => `${actor} ${first.day}`;
    const all = countOf(person, dayOf);
    return groupedBy(person, ({ actor }) => actor).flatMap((own) => {
      const days = countOf(own, dayOf);
      if (days < SAME_DAYS || days * 2 < all) return [];
      return found(own, `the same person on ${days} days, of ${all} on which anybody looked at this person`);
    });
  });

/** Many employees at one person within a week. Each of them is asked. */
export const manyAtOne: Rule = ({ looks }) =>
  groupedBy(looks, ({ subject }) => subject).flatMap((person) => {
    const unasked = person.filter(({ first }) => first.consent !== 'code');
    return [
      { group: person, limit: AT_ONE },
      { group: unasked, limit: AT_ONE_UNASKED },
    ]
      .map(({ group, limit }) => ({ group: fullest(group, 7 * DAY, ({ first }) => first.ms), limit }))
      .filter(({ group, limit }) => countOf(group, ({ actor }) => actor) >= limit)
      .slice(0, 1)
      .flatMap(({ group }) => {
        const employees = countOf(group, ({ actor }) => actor);
        const why = `one of ${employees} employees who looked at the same person within a week`;
        return groupedBy(group, ({ actor }) => actor).flatMap((own) => found(own, why));
      });
  });

/** Looks at somebody whom the employee is, or has to do with. */
export const relatedTo =
  (kinds: readonly Relation['as'][]): Rule =>
  ({ looks }, { relations }) => {
    const known = new Map(
      relations.filter((each) => kinds.includes(each.as)).map((each) => [`${each.actor} ${each.subject}`, each.as]),
    );
    const close = looks.filter(({ actor, subject }) => known.has(`${actor} ${subject}`));
    return groupedBy(close, ({ actor, subject, first }) => `${actor} ${subject} ${first.week}`).flatMap((group) => {
      const as = known.get(`${group[0]?.actor} ${group[0]?.subject}`) ?? 'self';
      return found(group, `the file of ${WHOM[as]}`);
    });
  };

const WHOM: Readonly<Record<Relation['as'], string>> = {
  self: 'this employee himself',
  family: 'a relative',
  address: 'somebody at the same address',
  name: 'somebody with the same family name',
  colleague: 'a colleague',
};

/** A colleague has an employee's own file open while that employee is himself at work: a favour, not a call. */
export const aroundOwnCase: Rule = ({ looks, moments }, { relations }) => {
  const whose = new Map(
    relations.flatMap(({ as, actor, subject }) => (as === 'self' ? [[subject, actor] as const] : [])),
  );
  const at = groupedBy(
    looks.filter(({ subject, actor }) => whose.has(subject) && whose.get(subject) !== actor),
    ({ subject }) => subject,
  );
  return at.flatMap((group) => {
    const actor = whose.get(group[0]?.subject ?? '') ?? '';
    const own = moments.filter((moment) => moment.actor === actor && moment.actorRole === 'staff');
    return group.flatMap((look) => {
      const near = own.filter(({ ms }) => ms > look.first.ms - AROUND && ms < look.last.ms + AROUND);
      if (near.length === 0) return [];
      const eventIds = [...look.eventIds, ...near.map(({ operationId }) => operationId)];
      const why = 'a colleague opened the file of this employee, who was at work at that very time';
      return [{ actor, week: look.first.week, eventIds, why }];
    });
  });
};

/** Looks when the employee, or the house, does not work. */
export const outsideHours: Rule = ({ looks }, facts) =>
  weekly(looks.filter((look) => !isAtWork(look, facts))).flatMap((group) =>
    found(group, `${group.length === 1 ? 'a look' : `${group.length} looks`} outside working hours`),
  );

function isAtWork({ actor, first }: Look, { hours, ownHours }: Facts): boolean {
  const { from, to, days }: Hours = ownHours.get(actor) ?? hours;
  return days.includes(first.weekday) && first.minute >= from - OVERTIME && first.minute <= to + OVERTIME;
}

function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
