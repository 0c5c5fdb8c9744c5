import { type ReactNode, useId } from 'react';

interface WideTableProps {
  readonly caption: string;
  /** The page says it elsewhere: for screen readers alone. */
  readonly captionHidden?: boolean;
  /** The caption is a heading of the page. */
  readonly captionIsHeading?: boolean;
  readonly columns: readonly string[];
  /** What stands before a column's name, such as its colour in a picture; by name. */
  readonly marks?: Readonly<Record<string, ReactNode>>;
  /** What stands under a row's name, such as a picture of it; by name. */
  readonly pictures?: Readonly<Record<string, ReactNode>>;
  /** The first cell of a row names it and must be unique. */
  readonly rows: readonly (readonly [name: string, ...cells: ReactNode[]])[];
}

/** A table that scrolls sideways on its own, by keyboard too. */
export function WideTable({
  caption,
  captionHidden,
  captionIsHeading,
  columns,
  marks,
  pictures,
  rows,
}: WideTableProps) {
  const id = useId();
  const Caption = captionIsHeading ? 'h2' : 'p';
  return (
    <>
      <Caption id={id} className={captionHidden ? 'hidden' : undefined}>
        {caption}
      </Caption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div className="wide" role="group" aria-labelledby={id} tabIndex={0}>
        <table aria-labelledby={id}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {marks?.[column]}
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  {pictures?.[name]}
                </th>
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
