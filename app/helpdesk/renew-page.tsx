import renewPage from '~/enhance/renew-page?inline-script';
import { InlineScript } from '~/ui/inline-script';

interface RenewPageProps {
  /** The address that tells how it stands now, as JSON. */
  readonly now: string;
  /** How it stood when the page was made. */
  readonly known: string;
}

/** Loads the page again when what it waits for has come. Nothing is logged by asking. */
export const RenewPage = ({ now, known }: RenewPageProps) => (
  <span id="renew-page" data-now={now} data-known={known} hidden>
    <InlineScript code={renewPage} />
  </span>
);
