import { type ReactNode, useId } from 'react';

interface WideTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row names it; rows must differ in it. */
  readonly rows: readonly (readonly [name: string, ...cells: ReactNode[]])[];
}

/** A table that is scrolled sideways by itself where it is wider than the screen, with the keyboard too. */
export function WideTable({ caption, columns, rows }: WideTableProps) {
  const id = useId();
  return (
    <>
      <p id={id}>{caption}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className="wide" role="group" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={columns[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
