/** Give it to a text in place of the value that `Whole` shows within that text. */
export const SLOT = '\uE000';

interface WholeProps {
  readonly text: string;
  /** A sentence around it, with `SLOT` where it stands. */
  readonly within?: string;
}

/**
 * A number that people copy or read out: reference, V-number, telephone, account, amount. It runs from left to right in every
 * script and breaks only where a whole line is too short for it.
 */
export function Whole({ text, within = SLOT }: WholeProps) {
  const [before, after] = within.split(SLOT);
  return (
    <>
      {before}
      <bdi className="whole" dir="ltr" translate="no">
        {text}
      </bdi>
      {after}
    </>
  );
}
