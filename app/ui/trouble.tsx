import { useT } from '~/i18n/use-t';
import type { Loaded, Trouble as Why } from '~/model/loaded';
import { LinkLine } from './buttons';
import { Notice } from './notice';

/** Why a section is empty, in words, with a retry link that works without scripts. */
export function Trouble({ why, title }: { readonly why: Why; readonly title?: string }) {
  const t = useT();
  return (
    <Notice tone="plain" {...(title ? { title } : {})} live>
      <p>{t(`trouble:section.${why}`)}</p>
      <LinkLine href="?again" label={t('trouble:section.again')} />
    </Notice>
  );
}

/** The note on an old or incomplete answer. @param time when it was loaded, in words */
export function Caveat({ loaded, time }: { readonly loaded: Loaded<unknown>; readonly time: string }) {
  const t = useT();
  if (loaded.state === 'kept') return <KeptNote why={loaded.why} time={time} />;
  if (loaded.state === 'partial') return <Notice tone="plain">{t('trouble:section.partial')}</Notice>;
  return null;
}

/** Why an answer is an old one. @param time when it was loaded, in words */
function KeptNote({ why, time }: { readonly why: Why; readonly time: string }) {
  const t = useT();
  return (
    <Notice tone="plain">
      {why === 'late' ? <p>{t('trouble:section.late')}</p> : null}
      <p>{t('trouble:section.kept', { time })}</p>
      <LinkLine href="?again" label={t('trouble:section.again')} />
    </Notice>
  );
}
