/** Where an employee works; null: the provider does not tell. */
export interface StaffPosition {
  readonly id: string;
  readonly team: string | null;
  /** His leads up to the top, nearest first. Nobody at all: he is the top. */
  readonly leads: readonly string[] | null;
}

/**
 * Whether two employees are far enough apart for the one to answer what the other asks: of different teams, neither the
 * other's lead at any height, and not under the same lead. What is not known counts as the same.
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
