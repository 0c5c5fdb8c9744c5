import mandateGuard from '~/enhance/mandate-guard?inline-script';
import { useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import { InlineScript } from '~/ui/inline-script';

/**
 * The access guard of an advisor's open page: what it says when the mandate ends, and while the portal doesn't answer.
 *
 * @param alive the address that answers 204 as long as the page may be shown
 * @param list whether the page is a list of clients, which is reloaded instead
 */
export function AccessGuard({ alive, list = false }: { readonly alive: string; readonly list?: boolean }) {
  const { language, t } = useWords();
  return (
    <>
      {list ? null : (
        <template id="mandate-ended">
          <section role="status">
            <h1 tabIndex={-1}>{t('mandate:advisor.ended.title')}</h1>
            <p>{t('mandate:advisor.ended.text')}</p>
            <LinkLine href={`/${language}/advisor`} label={t('mandate:advisor.title')} />
          </section>
        </template>
      )}
      <section id="mandate-unsure" className="session-end session-end--watched" role="alert" data-alive={alive}>
        <p>{t('mandate:advisor.ended.unsure')}</p>
      </section>
      <InlineScript code={mandateGuard} />
    </>
  );
}
