import { useT } from '~/i18n/use-t';

export interface EarlierLook {
  readonly id: string;
  /** Date and clock time, in words. */
  readonly when: string;
  /** Headings of what is not the same now. */
  readonly changed: readonly string[];
}

/** Below the caller's page, no part of it: what he saw when he called before. */
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
