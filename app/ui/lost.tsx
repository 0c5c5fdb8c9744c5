import { useWords } from '~/i18n/use-t';

export function Lost({ kind }: { readonly kind: 'notFound' | 'error' }) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t(`trouble:${kind}.title`)}</h1>
      <p>{t(`trouble:${kind}.text`)}</p>
      <p className="buttons">
        {kind === 'error' ? (
          <a className="button" href="?again">
            {t('trouble:error.again')}
          </a>
        ) : null}
        <a className="button" href={`/${language}/cases`}>
          {t('trouble:notFound.toCases')}
        </a>
        <a className="button button--quiet" href={`/${language}`}>
          {t('trouble:notFound.toHome')}
        </a>
      </p>
    </>
  );
}
