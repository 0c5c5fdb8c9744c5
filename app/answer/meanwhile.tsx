import { useT } from '~/i18n/use-t';
import { directionOf } from '~/model/language';
import { Section } from '~/ui/section';
import type { MeanwhileView } from './meanwhile-view.server';

/** May I work, travel, stay, move, go to school? The agency's answers, folded. */
export function Meanwhile({ answers }: { readonly answers: MeanwhileView }) {
  const t = useT();
  if (answers.length === 0) return null;
  return (
    <Section title={t('case:meanwhile.title')} folded>
      <dl className="meanwhile">
        {answers.map(({ topic, words, page }) => (
          <div key={topic}>
            <dt>
              <strong>{t(`case:meanwhile.topic.${topic}`)}</strong>
            </dt>
            <dd>
              {words ? (
                <p lang={words.language} dir={directionOf(words.language)}>
                  {words.text}
                </p>
              ) : null}
              {page ? (
                <p>
                  <a href={page.text} hrefLang={page.language} rel="noreferrer">
                    {t('case:meanwhile.page')}
                  </a>
                </p>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
