import type { ProductRow } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { PRODUCT_STATUS, StatusBadge } from '../../components/status-badge.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { formatCount, formatPriceRange } from '../../lib/format.ts';
import { ProductCharts } from '../../records/product-charts.tsx';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { useRecords } from '../../records/use-records.ts';
import { ProductDetailPane } from './product-detail-pane.tsx';

const cells: Cells<ProductRow> = {
  title: ({ imageUrl, title }) => (
    <span className="br-with-picture">
      <Thumbnail url={imageUrl} size={28} />
      <span className="br-strong br-ellipsis">{title}</span>
    </span>
  ),
  status: ({ status }) => <StatusBadge look={PRODUCT_STATUS[status]} />,
  totalInventory: ({ totalInventory }) => (
    <span className={totalInventory <= 0 ? 'br-tone-bad' : ''}>{formatCount(totalInventory)}</span>
  ),
  priceMin: ({ priceMin, priceMax, currency }) => formatPriceRange(priceMin, priceMax, currency),
};

const rowAttributes = (row: ProductRow) => ({ 'data-shop': row.shop, 'data-status': row.status });

export const ProductsPage = () => {
  const { search, onSearch, list } = useRecords('products', (input, paging) =>
    trpc.products.list.infiniteQueryOptions(input, paging),
  );
  return (
    <RecordScreen
      resource="products"
      one="product"
      many="products"
      search={search}
      onSearch={onSearch}
      list={list}
      cells={cells}
      rowAttributes={rowAttributes}
      picture={<ProductCharts shop={search.shop} />}
      detail={
        search.id !== undefined && (
          <ProductDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
