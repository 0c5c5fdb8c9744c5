import { useWords } from '~/i18n/use-t';
import { LinkButton } from './buttons';

export function Lost({ kind }: { readonly kind: 'notFound' | 'error' }) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t(`trouble:${kind}.title`)}</h1>
      <p>{t(`trouble:${kind}.text`)}</p>
      <p className="buttons">
        {kind === 'error' ? <LinkButton href="?again" label={t('trouble:error.again')} /> : null}
        <LinkButton href={`/${language}/cases`} label={t('trouble:notFound.toCases')} />
        <LinkButton href={`/${language}`} label={t('trouble:notFound.toHome')} quiet />
      </p>
    </>
  );
}
