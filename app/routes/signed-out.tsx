import type { LoaderFunctionArgs } from '~/framework/node.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { languageOfPage } from '~/i18n/request-language.server';
import { useWords } from '~/i18n/use-t';
import { LinkButton } from '~/ui/buttons';

export function loader({ request }: LoaderFunctionArgs) {
  return { title: translatorOf(languageOfPage(request))('identity:signedOut.title') };
}

export default function SignedOut() {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('identity:signedOut.title')}</h1>
      <p>{t('identity:signedOut.text')}</p>
      <p>
        <LinkButton href={`/${language}/sign-in`} label={t('identity:signedOut.again')} />
      </p>
    </>
  );
}
