import { useT } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { AgencyWords } from '~/ui/agency-words';
import { Notice } from '~/ui/notice';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';
import type { LetterLine } from './letters.server';

/** The agency's letters about a case, each a file to save. */
export function Letters({ letters, asOf }: { readonly letters: Loaded<LetterLine[]>; readonly asOf: string }) {
  const t = useT();
  return (
    <Section title={t('case:letters.title')}>
      {letters.state === 'unavailable' ? (
        <Trouble why={letters.why} />
      ) : (
        <>
          <ul className="plain">
            {letters.value.map(({ title, href, date, size }) => (
              <li key={href}>
                <a href={href} download>
                  {title ? <AgencyWords text={title} /> : t('case:letters.untitled')}
                </a>
                <br />
                <span className="soft">{[date, size].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
          <Caveat loaded={letters} time={asOf} />
          <Notice tone="plain">{t('case:letters.device')}</Notice>
        </>
      )}
    </Section>
  );
}
