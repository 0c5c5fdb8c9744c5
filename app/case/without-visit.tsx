import { useT } from '~/i18n/use-t';
import type { VisitAlternative } from '~/model/appointment';

/** The ways without a visit, shown before anything about a desk. */
export function WithoutVisit({ ways }: { readonly ways: readonly VisitAlternative[] }) {
  const t = useT();
  return ways.map(({ kind, url, name }) => (
    <div key={url}>
      <p>{t(`appointment:instead.${kind}`)}</p>
      <p>
        <a className="button" href={url} rel="noreferrer">
          {t(`appointment:instead.${kind}Go`, { name })}
        </a>
      </p>
    </div>
  ));
}
