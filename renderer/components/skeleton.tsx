/** A grey bar in the place of text that is on its way. */
export const Bar = ({ width }: { readonly width: string }) => <span className="br-bar" style={{ width }} aria-hidden />;

export const SkeletonLines = ({ count, label }: { readonly count: number; readonly label: string }) => (
  <div className="br-skeleton-lines" role="status" data-testid="loading">
    <span className="br-visually-hidden">{label}</span>
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
      <Bar key={index} width={`${60 + ((index * 37) % 40)}%`} />
    ))}
  </div>
);

interface SkeletonRowsProps {
  readonly columns: number;
  readonly rows: number;
  /** Of a real row, in px. */
  readonly height: number;
  /** Where all columns but the first stand. */
  readonly align?: 'start' | 'end';
  readonly label: string;
}

/** Rows of a table whose head stands already, so that nothing moves when the real ones come. */
export const SkeletonRows = (props: SkeletonRowsProps) =>
  Array.from({ length: props.rows }, (_row, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
    <tr key={row} style={{ height: props.height }}>
      {Array.from({ length: props.columns }, (_cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as the rows
        <td key={column} className="br-skeleton-cell" data-align={column === 0 ? undefined : props.align}>
          {row === 0 && column === 0 && (
            <span role="status" className="br-visually-hidden" data-testid="loading">
              {props.label}
            </span>
          )}
          <Bar width={`${40 + ((row * 23 + column * 31) % 40)}%`} />
        </td>
      ))}
    </tr>
  ));
