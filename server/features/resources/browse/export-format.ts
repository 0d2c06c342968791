import { COLUMNS, type ColumnSpec, type ExportFormat, type Resource } from '../../../../shared/browse/columns.ts';
import { currencyDigits } from '../../../../shared/currency.ts';
import type { SqlValue } from '../../../platform/db/database.ts';
import type { TableFileColumn } from '../../../platform/db/table-file.ts';

type Cell = string | number | boolean | null | readonly string[];
export type ExportRow = Readonly<Record<string, unknown>> & { readonly currency: string | null };

/** A first sign that a spreadsheet may take for a formula; OWASP's list, and what full-width forms of it turn into. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * One field of CSV (RFC 4180). Text that a spreadsheet could run as a formula gets an apostrophe in front, which shows it as text;
 * plain numbers are left alone, since a negative amount is no formula.
 */
export const csvField = (value: string): string => {
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Amounts as decimals of their currency, which stands in a column of its own. */
const cellOf = (spec: ColumnSpec | undefined, row: ExportRow, column: string): Cell => {
  const value = row[column];
  if (value === null || value === undefined) return null;
  if (spec?.type === 'money' && typeof value === 'number') {
    const digits = currencyDigits(row.currency);
    return (value / 10 ** digits).toFixed(digits);
  }
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
};

const hasMoney = (resource: Resource, columns: readonly string[]): boolean => {
  const specs: Readonly<Record<string, ColumnSpec>> = COLUMNS[resource];
  return columns.some((column) => specs[column]?.type === 'money');
};

/** What stands in a file: id and store first, then the columns as they are shown, then the currency of amounts. */
const layoutOf = (resource: Resource, chosen: readonly string[]) => {
  const specs: Readonly<Record<string, ColumnSpec>> = COLUMNS[resource];
  const columns = ['id', 'shop', ...chosen, ...(hasMoney(resource, chosen) ? ['currency'] : [])];
  const cells = (row: ExportRow): Cell[] => columns.map((column) => cellOf(specs[column], row, column));
  return { specs, columns, cells };
};

/** How rows become a table: amounts are decimals and can be added up, lists are JSON. */
export const exportTable = (
  resource: Resource,
  chosen: readonly string[],
): { readonly columns: readonly TableFileColumn[]; readonly cells: (row: ExportRow) => SqlValue[] } => {
  const { specs, columns, cells } = layoutOf(resource, chosen);
  const typeOf = (spec: ColumnSpec | undefined): TableFileColumn['type'] =>
    spec?.type === 'money' ? 'NUMERIC' : spec?.type === 'number' || spec?.type === 'flag' ? 'INTEGER' : 'TEXT';
  return {
    columns: columns.map((name) => ({ name, type: typeOf(specs[name]) })),
    cells: (row) =>
      cells(row).map((cell) =>
        typeof cell === 'boolean'
          ? Number(cell)
          : typeof cell === 'object' && cell !== null
            ? JSON.stringify(cell)
            : cell,
      ),
  };
};

/** How rows become text. `chosen` in the order in which they are to stand. */
export const exportWriter = (
  resource: Resource,
  chosen: readonly string[],
  format: Exclude<ExportFormat, 'sqlite'>,
) => {
  const { specs, columns, cells } = layoutOf(resource, chosen);
  if (format === 'ndjson') {
    return {
      contentType: 'application/x-ndjson; charset=utf-8',
      head: '',
      line: (row: ExportRow): string => {
        const values = cells(row);
        return `${JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, values[index]])))}\n`;
      },
    };
  }
  const text = (cell: Cell): string => (cell === null ? '' : Array.isArray(cell) ? cell.join(', ') : String(cell));
  return {
    contentType: 'text/csv; charset=utf-8',
    // The mark tells Excel that the text is UTF-8.
    head: `\uFEFF${columns.map((column) => csvField(specs[column]?.label ?? column)).join(',')}\r\n`,
    line: (row: ExportRow): string =>
      `${cells(row)
        .map((cell) => csvField(text(cell)))
        .join(',')}\r\n`,
  };
};
