import { useT } from '~/i18n/use-t';
import type { Maker } from './maker.server';

/** Who made a booking, with what they are in the case. */
export function MadeBy({ maker }: { readonly maker: Maker }) {
  const t = useT();
  if (maker === 'you') return t('case:visit.madeByYou');
  const role = maker.role && t(`case:facts.${maker.role}`);
  if (!maker.name) return role ?? t('case:visit.madeByOther');
  return (
    <>
      <bdi translate="no">{maker.name}</bdi>
      {role ? <> · {role}</> : null}
    </>
  );
}
