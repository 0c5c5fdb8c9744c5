import { directionOf } from '~/model/language';
import { Facts } from '~/ui/facts';
import type { SheetView } from './sheet-view.server';
import stylesheet from './statement.css?url';

/** What a statement says, in each of its languages. */
export function Sheets({ sheets }: { readonly sheets: readonly SheetView[] }) {
  return (
    <>
      <link rel="stylesheet" href={stylesheet} />
      {sheets.map(({ language, title, facts, asOf, noProof }) => (
        <section className="card" key={language} lang={language} dir={directionOf(language)}>
          <h2>{title}</h2>
          <Facts
            facts={facts.map(([term, value, isName]) => [
              term,
              isName ? (
                <bdi translate="no" key={term}>
                  {value}
                </bdi>
              ) : (
                value
              ),
            ])}
          />
          <p>{asOf}</p>
          <p>{noProof}</p>
        </section>
      ))}
    </>
  );
}
