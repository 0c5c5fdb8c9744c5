/** Ways in which registers write a name that they do not know: no letter at all, or "N.N." (nomen nescio). */
const UNKNOWN = /^(\P{L}*|n\.? ?n\.?|onbekend|unknown)$/iu;

/** A name as a register has it, in one form; "" for one that the register does not know. */
export function knownName(name: string): string {
  const plain = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  return UNKNOWN.test(plain) ? '' : plain;
}

interface Named {
  readonly givenName: string;
  readonly familyName: string;
}

/** The name to show and to call by. A person may have only one of the two. "" when neither is known. */
export const fullNameOf = ({ givenName, familyName }: Named): string => `${givenName} ${familyName}`.trim();
