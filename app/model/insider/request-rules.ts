import { ANSWER_MINUTES } from '../view-as';
import { countOf, type Found, fullest, groupedBy, MINUTE, type Moment, type Rule } from './stream';

const EMERGENCIES_A_WEEK = 3;
const HOLDS_A_WEEK = 2;
/** References that lead to nobody who is ready for a call: so many within an hour, or in a day when they are the most. */
const FISHED_AN_HOUR = 8;
const FISHED_A_DAY = 12;
/** Wrong codes a day that no right one followed. Being stopped for trying too often counts by itself. */
const WRONG_CODES = 6;
/** Approvals between the same two, both ways, and the part of all that either of them got. */
const BETWEEN_TWO = 6;
const ONE_WAY = 2;
const MOSTLY = 0.75;
/** Nobody reads three facts and a reference in less. */
const READING = 15_000;
const QUICK_A_WEEK = 3;

const weekly = (moments: readonly Moment[]): Moment[][] => groupedBy(moments, ({ actor, week }) => `${actor} ${week}`);

function found(moments: readonly Moment[], why: string): Found[] {
  const last = moments.at(-1);
  return last
    ? [{ actor: last.actor, week: last.week, eventIds: moments.map(({ operationId }) => operationId), why }]
    : [];
}

/** Of each actor and week what is of one kind, where there is too much of it. */
const moreThan =
  (isMeant: (moment: Moment) => boolean, least: number, why: (count: number) => string): Rule =>
  ({ moments }) =>
    weekly(moments.filter(isMeant)).flatMap((group) => (group.length >= least ? found(group, why(group.length)) : []));

/** Files that were opened in an emergency which no second employee stood for. */
export const emergencyUnconfirmed: Rule = ({ moments }, { asOf }) => {
  const confirmed = new Set(
    moments.filter(({ action }) => action === 'confirm-emergency').map(({ objectRef }) => objectRef),
  );
  const refused = new Set(
    moments
      .filter(({ action }) => action === 'refuse-emergency' || action === 'report-emergency')
      .map(({ objectRef }) => objectRef),
  );
  const isLate = ({ ms }: Moment) => Date.parse(asOf) - ms > ANSWER_MINUTES * MINUTE;
  return weekly(
    moments.filter(
      (moment) =>
        moment.action === 'break-glass' &&
        (refused.has(moment.objectRef) || (isLate(moment) && !confirmed.has(moment.objectRef))),
    ),
  ).flatMap((group) => found(group, `${group.length} emergency without a second employee's yes`));
};

export const emergencyOften: Rule = moreThan(
  ({ action }) => action === 'break-glass',
  EMERGENCIES_A_WEEK,
  (count) => `${count} emergencies in one week`,
);

/** Looks that are kept from the person's own page. */
export const heldLooks: Rule = moreThan(
  ({ action }) => action === 'safety-hold',
  HOLDS_A_WEEK,
  (count) => `${count} looks in one week that the person is not to see`,
);

/** Trying references until one answers. */
export const fishing: Rule = ({ moments }) =>
  groupedBy(
    moments.filter(({ action }) => action === 'locate'),
    ({ actor, day }) => `${actor} ${day}`,
  ).flatMap((day) => {
    const cannot = day.filter(({ result }) => result === 'denied');
    const hour = fullest(cannot, 60 * MINUTE, ({ ms }) => ms);
    if (hour.length >= FISHED_AN_HOUR)
      return found(hour, `${hour.length} references within an hour that led to nobody who waited for a call`);
    if (cannot.length >= FISHED_A_DAY && cannot.length * 2 > day.length)
      return found(cannot, `${cannot.length} of ${day.length} references in a day led to nobody who waited for a call`);
    return [];
  });

/** Trying codes, whether as an employee or as an advisor. A digit that was heard wrong is followed by the right ones. */
export const codeGuessing: Rule = ({ moments }) => {
  const tries = moments.filter(({ action }) => action === 'verify-code');
  const opened = new Set(tries.filter(({ result }) => result === 'done').map(({ grantId }) => grantId));
  const wrong = tries.filter(
    ({ result, grantId }) => result === 'denied' && (grantId === null || !opened.has(grantId)),
  );
  return groupedBy(wrong, ({ actor, day }) => `${actor} ${day}`).flatMap((day) =>
    day.length >= WRONG_CODES || day.some(({ reason }) => reason === 'too-often')
      ? found(day, `${day.length} wrong codes in one day, and no right one after them`)
      : [],
  );
};

interface Approval {
  readonly asked: Moment;
  readonly approved: Moment;
}

function approvalsIn(moments: readonly Moment[]): Approval[] {
  const asks = new Map(
    moments.filter(({ action }) => action === 'ask-approval').map((ask) => [ask.objectRef, ask] as const),
  );
  return moments
    .filter(({ action }) => action === 'approve-view')
    .flatMap((approved) => {
      const asked = asks.get(approved.objectRef);
      return asked ? [{ asked, approved }] : [];
    });
}

/** Two who approve each other's call-backs, and hardly anybody else's: four eyes that are two. */
export const sameApprover: Rule = ({ moments }) => {
  const approvals = approvalsIn(moments);
  const askedBy = (actor: string) => approvals.filter(({ asked }) => asked.actor === actor);
  return groupedBy(approvals, ({ asked, approved }) => [asked.actor, approved.actor].sort().join(' ')).flatMap(
    (pair) => {
      const each = groupedBy(pair, ({ asked }) => asked.actor);
      const mostly = each.every(
        (way) => way.length >= ONE_WAY && way.length >= MOSTLY * askedBy(way[0]?.asked.actor ?? '').length,
      );
      if (each.length < 2 || pair.length < BETWEEN_TWO || !mostly) return [];
      const all = pair.flatMap(({ asked, approved }) => [asked.operationId, approved.operationId]);
      const why = `${pair.length} call-backs that the same two employees approved for each other`;
      return each.flatMap((way) =>
        found([...way.map(({ asked }) => asked)], why).map((one) => ({ ...one, eventIds: all })),
      );
    },
  );
};

/** Approvals faster than anybody reads. */
export const quickApproval: Rule = ({ moments }) => {
  const quick = approvalsIn(moments).filter(({ asked, approved }) => approved.ms - asked.ms < READING);
  return weekly(quick.map(({ approved }) => approved)).flatMap((group) =>
    countOf(group, ({ objectRef }) => objectRef) >= QUICK_A_WEEK
      ? found(group, `${group.length} approvals within ${READING / 1_000} seconds of being asked`)
      : [],
  );
};
