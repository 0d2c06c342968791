import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ProductRow } from '../../../shared/api.ts';
import { type Inputs, trpc } from '../../api/trpc.ts';
import { PRODUCT_STATUS, StatusBadge } from '../../components/status-badge.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { formatCount, formatPriceRange } from '../../lib/format.ts';
import type { Cells } from '../../records/record-columns.tsx';
import { RecordScreen } from '../../records/record-screen.tsx';
import { sortingOf } from '../../records/record-search.ts';
import { useRecordAddress } from '../../records/use-record-address.ts';
import { useRecordList } from '../../records/use-record-list.ts';
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

type Sort = NonNullable<Inputs['products']['list']['sort']>;

export const ProductsPage = () => {
  const search = useSearch({ from: '/products' });
  const onSearch = useRecordAddress('/products');
  const { sort, order } = sortingOf('products', search);
  const input = {
    shop: search.shop,
    search: search.search,
    filters: search.filters,
    sort: sort as Sort,
    order,
    limit: 100,
  };
  const options = trpc.products.list.infiniteQueryOptions(input, {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const list = useRecordList<ProductRow>(useInfiniteQuery(options), options.queryKey);
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
      detail={
        search.id !== undefined && (
          <ProductDetailPane id={search.id} onClose={() => onSearch({ id: undefined }, true)} />
        )
      }
    />
  );
};
