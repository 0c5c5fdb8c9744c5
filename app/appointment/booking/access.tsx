import { useT } from '~/i18n/use-t';
import type { ForeignText } from '~/model/desk-access';
import { Facts } from '~/ui/facts';
import type { AccessView } from './access.server';

export function Access({ access }: { readonly access: AccessView }) {
  const t = useT();
  const { transport, parking, items, notes } = access;
  return (
    <Facts
      facts={[
        [t('appointment:access.transport'), transport && <Foreign key="transport" foreign={transport} />],
        [t('appointment:access.parking'), parking && <Foreign key="parking" foreign={parking} />],
        [
          t('appointment:access.inside'),
          items.length > 0 ? (
            <ul key="inside">
              {items.map((item) => (
                <li key={item}>{t(`appointment:access.${item}`)}</li>
              ))}
            </ul>
          ) : null,
        ],
        [
          t('appointment:access.note'),
          notes.length > 0 ? notes.map((note) => <Foreign key={note.text} foreign={note} />) : null,
        ],
      ]}
    />
  );
}

/** The desks of a search, folded until the person opens the list. */
export function AccessList({ desks }: { readonly desks: readonly AccessView[] }) {
  const t = useT();
  if (desks.length === 0) return null;
  return (
    <details className="card" id="access">
      <summary>{t('appointment:access.title')}</summary>
      {desks.map((access) => (
        <section key={access.desk}>
          <h2>
            <bdi>{access.desk}</bdi>
          </h2>
          <Access access={access} />
        </section>
      ))}
    </details>
  );
}

/** A text of the agency or planner, marked with its language for screen readers. */
const Foreign = ({ foreign: { text, lang } }: { readonly foreign: ForeignText }) => (
  <p lang={lang} dir="auto">
    {text}
  </p>
);
