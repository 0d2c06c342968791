import type { ReactNode } from 'react';
import { formatCount } from '../../lib/format.ts';

interface Props {
  readonly title: string;
  readonly id: string;
  readonly first: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly values: readonly (number | string)[] }[];
  readonly empty: string;
  /** What can be done with the numbers, beside the title. */
  readonly action?: ReactNode;
}

/** Numbers by name. */
export const NumberTable = ({ title, id, first, columns, rows, empty, action }: Props) => (
  <section className="br-section" aria-labelledby={id}>
    <div className="br-section-head">
      <h2 id={id}>{title}</h2>
      {action !== undefined && (
        <>
          <div className="br-spacer" />
          {action}
        </>
      )}
    </div>
    {rows.length === 0 ? (
      <p className="br-none">{empty}</p>
    ) : (
      <table className="br-table" data-testid={id}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th key={column} scope="col" data-align="end">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              {row.values.map((value, index) => (
                <td key={columns[index]} data-align="end" className="br-num">
                  {typeof value === 'number' ? formatCount(value) : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
