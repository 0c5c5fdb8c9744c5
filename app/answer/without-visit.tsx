import { useT } from '~/i18n/use-t';
import type { VisitAlternative } from '~/model/appointment';
import { LinkButton } from '~/ui/buttons';

/** The ways without a visit, shown before anything about a desk. */
export function WithoutVisit({ ways }: { readonly ways: readonly VisitAlternative[] }) {
  const t = useT();
  return ways.map(({ kind, url, name }) => (
    <div key={url}>
      <p>{t(`appointment:instead.${kind}`)}</p>
      <p>
        <LinkButton href={url} rel="noreferrer" label={t(`appointment:instead.${kind}Go`, { name })} />
      </p>
    </div>
  ));
}
