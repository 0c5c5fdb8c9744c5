/** An employee's position. Null fields are unknown to the sign-in provider. */
export interface StaffPosition {
  readonly id: string;
  readonly team: string | null;
  /** Leads up to the top, nearest first; empty for the top itself. */
  readonly leads: readonly string[] | null;
}

/**
 * Whether one employee may decide on the other's request: different teams, neither leads the other, and not the same
 * nearest lead. Unknown counts as too close.
 */
export function areIndependent(one: StaffPosition, other: StaffPosition): boolean {
  if (one.id === other.id || one.team === null || other.team === null || !one.leads || !other.leads) return false;
  const [nearest] = one.leads;
  return (
    one.team !== other.team &&
    !one.leads.includes(other.id) &&
    !other.leads.includes(one.id) &&
    (nearest === undefined || nearest !== other.leads[0])
  );
}
