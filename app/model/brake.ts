/**
 * How many clients' files an advisor may open within an hour: twenty, and a quarter of the clients that he has above
 * twenty. Somebody who works through his clients reads each for a while: with 300 of them it is 90, one new file every 40
 * seconds for a whole hour. Who has twenty or fewer is never stopped. A file that is opened again counts once.
 */
export function filesAnHour(clients: number): number {
  return ALWAYS + Math.floor(Math.max(0, clients - ALWAYS) / 4);
}

const ALWAYS = 20;
