import { type ReactNode, useId } from 'react';

interface WideTableProps {
  readonly caption: string;
  /** The page says it elsewhere: for screen readers alone. */
  readonly captionHidden?: boolean;
  readonly columns: readonly string[];
  /** The first cell of a row names it and must be unique. */
  readonly rows: readonly (readonly [name: string, ...cells: ReactNode[]])[];
}

/** A table that scrolls sideways on its own, by keyboard too. */
export function WideTable({ caption, captionHidden, columns, rows }: WideTableProps) {
  const id = useId();
  return (
    <>
      <p id={id} className={captionHidden ? 'hidden' : undefined}>
        {caption}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard */}
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
