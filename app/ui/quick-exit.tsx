import script from '~/enhance/quick-exit?inline-script';
import { useWords } from '~/i18n/use-t';
import { InlineScript } from './inline-script';

/** The button that leaves the portal at once. Without scripts it is a form whose answer leads on. */
export function QuickExit({ to }: { readonly to: string }) {
  const { language, t } = useWords();
  return (
    <>
      <form method="post" action={`/${language}/leave`} id="quick-exit" data-to={to} aria-label={t('common:leave')}>
        <button type="submit" className="top__leave">
          {t('common:leave')}
        </button>
      </form>
      <InlineScript code={script} />
    </>
  );
}
