import type { ProductRow } from '../../../shared/api.ts';
import { gridColumnHelper } from '../../components/grid-columns.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { PRODUCT_STATUS, StatusBadge } from '../../components/status-badge.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { formatCount, formatPriceRange, shortShop } from '../../lib/format.ts';

const helper = gridColumnHelper<ProductRow>();

export const productColumns = helper.columns([
  helper.accessor('imageUrl', {
    id: 'image',
    header: () => <span className="br-visually-hidden">Image</span>,
    enableSorting: false,
    meta: { track: '28px' },
    cell: ({ getValue }) => <Thumbnail url={getValue()} size={28} />,
  }),
  helper.accessor('title', {
    id: 'title',
    header: 'Title',
    meta: { track: 'minmax(160px, 4fr)' },
    cell: ({ getValue }) => <span className="br-strong">{getValue()}</span>,
  }),
  helper.accessor('status', {
    id: 'status',
    header: 'Status',
    enableSorting: false,
    meta: { track: '88px', from: 560 },
    cell: ({ getValue }) => <StatusBadge look={PRODUCT_STATUS[getValue()]} />,
  }),
  helper.accessor('vendor', { id: 'vendor', header: 'Vendor', meta: { track: 'minmax(96px, 2fr)', from: 780 } }),
  helper.accessor('productType', {
    id: 'productType',
    header: 'Type',
    enableSorting: false,
    meta: { track: 'minmax(80px, 1.5fr)', from: 1040 },
  }),
  helper.accessor('totalInventory', {
    id: 'totalInventory',
    header: 'Inventory',
    sortDescFirst: true,
    meta: { track: '80px', align: 'end', from: 480 },
    cell: ({ getValue }) => <span className={getValue() <= 0 ? 'br-tone-bad' : ''}>{formatCount(getValue())}</span>,
  }),
  helper.accessor('variantsCount', {
    id: 'variantsCount',
    header: 'Variants',
    enableSorting: false,
    meta: { track: '56px', align: 'end', from: 860 },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  helper.accessor('priceMin', {
    id: 'priceMin',
    header: 'Price',
    sortDescFirst: true,
    meta: { track: '128px', align: 'end', from: 680 },
    cell: ({ row: { original } }) => formatPriceRange(original.priceMin, original.priceMax, original.currency),
  }),
  helper.accessor('updatedAt', {
    id: 'updatedAt',
    header: 'Updated',
    sortDescFirst: true,
    meta: { track: '80px', align: 'end' },
    cell: ({ getValue }) => <RelativeTime iso={getValue()} />,
  }),
  helper.accessor('shop', {
    id: 'shop',
    header: 'Store',
    enableSorting: false,
    meta: { track: 'minmax(88px, 1.5fr)', from: 940 },
    cell: ({ getValue }) => <span title={getValue()}>{shortShop(getValue())}</span>,
  }),
]);

/** Where all rows are of one store, its name would only repeat itself. */
export const oneStoreColumns = productColumns.filter(({ id }) => id !== 'shop');
