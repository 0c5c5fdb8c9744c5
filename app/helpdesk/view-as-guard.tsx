import viewAsGuard from '~/enhance/view-as-guard?inline-script';
import { useT } from '~/i18n/use-t';
import { InlineScript } from '~/ui/inline-script';

interface ViewAsGuardProps {
  /** The address that answers 204 as long as the view is open, and open in this tab. */
  readonly alive: string;
  /** The page to leave for when the view is over. */
  readonly over: string;
}

/** The access guard of a caller's page: what it says when the view goes on in another tab. */
export function ViewAsGuard({ alive, over }: ViewAsGuardProps) {
  const t = useT();
  return (
    <>
      <section id="view-elsewhere" role="status" data-alive={alive} data-over={over} hidden>
        {t('helpdesk:view.elsewhere')}
      </section>
      <InlineScript code={viewAsGuard} />
    </>
  );
}
