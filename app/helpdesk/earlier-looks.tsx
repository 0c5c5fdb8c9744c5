import { useT } from '~/i18n/use-t';
import type { EarlierLook } from './earlier-looks.server';

/** Below the caller's page and no part of it: the caller's earlier calls. */
export function EarlierLooks({ looks }: { readonly looks: readonly EarlierLook[] }) {
  const t = useT();
  if (looks.length === 0) return null;
  return (
    <details>
      <summary>{t('helpdesk:earlier.title')}</summary>
      <ul>
        {looks.map(({ id, when, changed }) => (
          <li key={id}>
            {changed.length === 0
              ? t('helpdesk:earlier.same', { when })
              : t('helpdesk:earlier.changed', { when, parts: changed.join(' · ') })}
          </li>
        ))}
      </ul>
    </details>
  );
}
