import { ANSWER_MINUTES } from '../view-as';
import { countDistinct, type Finding, fullestStretch, groupBy, MINUTE, type Moment, type Rule } from './stream';

const EMERGENCIES_A_WEEK = 3;
const DELAYS_A_WEEK = 2;
/** Lookups of a reference without a waiting caller: within an hour, or in a day when they are the majority. */
const FISHING_PER_HOUR = 8;
const FISHING_PER_DAY = 12;
/** Wrong codes a day without a right one after them. A lockout for too many tries counts by itself. */
const WRONG_CODES = 6;
/** Approvals between the same two employees, in each direction, and as a share of each one's requests. */
const APPROVALS_BETWEEN_TWO = 6;
const APPROVALS_ONE_WAY = 2;
const APPROVALS_SHARE = 0.75;
/** Milliseconds. Nobody reads three facts and a reference faster. */
const READING_MS = 15_000;
const QUICK_APPROVALS_A_WEEK = 3;

const weekly = (moments: readonly Moment[]): Moment[][] => groupBy(moments, ({ actor, week }) => `${actor} ${week}`);

function findingOn(moments: readonly Moment[], why: string): Finding[] {
  const last = moments.at(-1);
  return last
    ? [{ actor: last.actor, week: last.week, eventIds: moments.map(({ operationId }) => operationId), why }]
    : [];
}

/** A rule for entries of one kind: at least `least` of them by one actor in one week. */
const atLeast =
  (isMeant: (moment: Moment) => boolean, least: number, why: (count: number) => string): Rule =>
  ({ moments }) =>
    weekly(moments.filter(isMeant)).flatMap((group) =>
      group.length >= least ? findingOn(group, why(group.length)) : [],
    );

/** Emergency looks that no second employee confirmed in time. */
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
  ).flatMap((group) => findingOn(group, `${group.length} emergency looks that no second employee confirmed`));
};

export const emergencyOften: Rule = atLeast(
  ({ action }) => action === 'break-glass',
  EMERGENCIES_A_WEEK,
  (count) => `${count} emergencies in one week`,
);

/** Looks that the person is shown later, for safety. */
export const delayedDisclosures: Rule = atLeast(
  ({ action }) => action === 'safety-hold',
  DELAYS_A_WEEK,
  (count) => `${count} looks in one week that are shown to the person later`,
);

export const fishing: Rule = ({ moments }) =>
  groupBy(
    moments.filter(({ action }) => action === 'locate'),
    ({ actor, day }) => `${actor} ${day}`,
  ).flatMap((day) => {
    const denied = day.filter(({ result }) => result === 'denied');
    const hour = fullestStretch(denied, 60 * MINUTE, ({ ms }) => ms);
    if (hour.length >= FISHING_PER_HOUR)
      return findingOn(hour, `${hour.length} references within an hour had no waiting caller`);
    if (denied.length >= FISHING_PER_DAY && denied.length * 2 > day.length)
      return findingOn(denied, `${denied.length} of ${day.length} references in a day had no waiting caller`);
    return [];
  });

/**
 * Trying codes, as an employee or as an advisor. A misheard digit is followed by the right code, so it does not count.
 */
export const codeGuessing: Rule = ({ moments }) => {
  const tries = moments.filter(({ action }) => action === 'verify-code');
  const opened = new Set(tries.filter(({ result }) => result === 'done').map(({ grantId }) => grantId));
  const wrong = tries.filter(
    ({ result, grantId }) => result === 'denied' && (grantId === null || !opened.has(grantId)),
  );
  return groupBy(wrong, ({ actor, day }) => `${actor} ${day}`).flatMap((day) =>
    day.length >= WRONG_CODES || day.some(({ reason }) => reason === 'too-often')
      ? findingOn(day, `${day.length} wrong codes in one day without a right one after them`)
      : [],
  );
};

interface Approval {
  readonly request: Moment;
  readonly approval: Moment;
}

function approvalsIn(moments: readonly Moment[]): Approval[] {
  const requests = new Map(
    moments.filter(({ action }) => action === 'ask-approval').map((ask) => [ask.objectRef, ask] as const),
  );
  return moments
    .filter(({ action }) => action === 'approve-view')
    .flatMap((approval) => {
      const request = requests.get(approval.objectRef);
      return request ? [{ request, approval }] : [];
    });
}

/** Two employees who approve each other's call-backs and hardly anybody else's. */
export const sameApprover: Rule = ({ moments }) => {
  const approvals = approvalsIn(moments);
  const requestsBy = (actor: string) => approvals.filter(({ request }) => request.actor === actor);
  return groupBy(approvals, ({ request, approval }) => [request.actor, approval.actor].sort().join(' ')).flatMap(
    (pair) => {
      const each = groupBy(pair, ({ request }) => request.actor);
      const mostly = each.every(
        (way) =>
          way.length >= APPROVALS_ONE_WAY &&
          way.length >= APPROVALS_SHARE * requestsBy(way[0]?.request.actor ?? '').length,
      );
      if (each.length < 2 || pair.length < APPROVALS_BETWEEN_TWO || !mostly) return [];
      const all = pair.flatMap(({ request, approval }) => [request.operationId, approval.operationId]);
      const why = `${pair.length} call-backs that the same two employees approved for each other`;
      return each.flatMap((way) =>
        findingOn([...way.map(({ request }) => request)], why).map((one) => ({ ...one, eventIds: all })),
      );
    },
  );
};

export const quickApproval: Rule = ({ moments }) => {
  const quick = approvalsIn(moments).filter(({ request, approval }) => approval.ms - request.ms < READING_MS);
  return weekly(quick.map(({ approval }) => approval)).flatMap((group) =>
    countDistinct(group, ({ objectRef }) => objectRef) >= QUICK_APPROVALS_A_WEEK
      ? findingOn(group, `${group.length} approvals within ${READING_MS / 1_000} seconds of the request`)
      : [],
  );
};
