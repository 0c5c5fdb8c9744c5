import { readFileSync } from 'node:fs';
import type { PersonId } from '~/model/viewer';

/** The lines of standard input: other users of the machine can see arguments. */
export const linesIn = (): string[] =>
  readFileSync(0, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The numbers of a person, one a line of standard input; null when a line is none. */
export function numbersIn(): readonly PersonId[] | null {
  const people = linesIn().map(personIn);
  const known = people.flatMap((person) => person ?? []);
  return people.length > 0 && known.length === people.length ? known : null;
}

export const NUMBER_LINES = 'Each line of standard input must be bsn: and 9 digits, or vnumber: and 10 digits.';

function personIn(line: string): PersonId | null {
  const [, bsn, vnumber] = /^(?:bsn:(\d{9})|vnumber:(\d{10}))$/.exec(line) ?? [];
  if (bsn) return { kind: 'bsn', value: bsn };
  return vnumber ? { kind: 'vnumber', value: vnumber } : null;
}
