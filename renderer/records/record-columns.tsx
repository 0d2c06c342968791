import type { ReactNode } from 'react';
import type { ColumnSpec, Resource } from '../../shared/browse/columns.ts';
import { type GridColumns, gridColumnHelper } from '../components/grid-columns.ts';
import { RelativeTime } from '../components/relative-time.tsx';
import { formatCount, formatMoney, shortShop } from '../lib/format.ts';
import { choiceWord } from './filter-words.ts';
import { type Layout, specsOf } from './layout.ts';

export interface RecordRow {
  readonly id: string;
  readonly shop: string;
  readonly currency: string | null;
}

/** How single columns of a resource look; what is not here is shown by its type. */
export type Cells<Row extends RecordRow> = Readonly<Record<string, (row: Row) => ReactNode>>;

const dash = <span className="br-dim">–</span>;

const plainCell = (spec: ColumnSpec, value: unknown, currency: string | null): ReactNode => {
  if (value === null || value === undefined || value === '') return dash;
  if (Array.isArray(value)) return value.length === 0 ? dash : value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : dash;
  if (typeof value === 'number') return spec.type === 'money' ? formatMoney(value, currency) : formatCount(value);
  if (typeof value !== 'string') return dash;
  if (spec.type === 'date') return <RelativeTime iso={value} />;
  return spec.type === 'choice' ? choiceWord(value) : value;
};

const PADDING = 16;
const GAP = 12;

/** The grid's columns, as the person laid them out. */
export const recordColumns = <Row extends RecordRow>(
  resource: Resource,
  layout: Layout,
  cells: Cells<Row>,
  options: { readonly withStore: boolean; readonly offset: number },
): GridColumns<Row> => {
  const helper = gridColumnHelper<Row>();
  const specs = specsOf(resource);
  const hidden = new Set(layout.hidden);
  const shown = layout.order.filter((id) => !hidden.has(id));
  let left = PADDING + options.offset;
  const columns = shown.flatMap((id, index) => {
    const spec = specs[id];
    if (spec === undefined) return [];
    const width = layout.widths[id] ?? spec.width;
    const pinned = index < layout.pinned ? left : undefined;
    left += width + GAP;
    const number = spec.type === 'number' || spec.type === 'money';
    return [
      helper.accessor((row): unknown => (row as Readonly<Record<string, unknown>>)[id], {
        id,
        header: spec.label,
        sortDescFirst: spec.type !== 'text' && spec.type !== 'choice',
        meta: {
          // Text takes what room is left over, in proportion. Not where a person chose the width, and not where
          // another pinned column counts on it.
          track:
            number || layout.widths[id] !== undefined || index < layout.pinned - 1
              ? `${width}px`
              : `minmax(${width}px, ${width}fr)`,
          width,
          ...(number ? { align: 'end' as const } : {}),
          ...(pinned === undefined ? {} : { pinned }),
        },
        cell: ({ row }) =>
          cells[id]?.(row.original) ??
          plainCell(spec, (row.original as Readonly<Record<string, unknown>>)[id], row.original.currency),
      }),
    ];
  });
  if (!options.withStore) return columns;
  return [
    ...columns,
    helper.accessor((row): unknown => row.shop, {
      id: 'shop',
      header: 'Store',
      enableSorting: false,
      meta: { track: 'minmax(120px, 1fr)', width: 120 },
      cell: ({ row }) => <span title={row.original.shop}>{shortShop(row.original.shop)}</span>,
    }),
  ];
};
