/** Copies a text. Hidden until enhance/touches.ts enables it. */
export function CopyButton({
  text,
  label,
  done,
}: {
  readonly text: string;
  readonly label: string;
  readonly done: string;
}) {
  return (
    <>
      <button type="button" className="button button--quiet touch" data-copy={text} hidden suppressHydrationWarning>
        {label}
      </button>{' '}
      <span role="status" data-done={done} suppressHydrationWarning />
    </>
  );
}

/** Shares an address by the phone. The address must hold nothing personal. */
export function ShareButton({ address, label }: { readonly address: string; readonly label: string }) {
  return (
    <button type="button" className="button button--quiet touch" data-share={address} hidden suppressHydrationWarning>
      {label}
    </button>
  );
}
