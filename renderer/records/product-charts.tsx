import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Charts, ProductCharts as Groups } from '../../shared/api.ts';
import { LOW_STOCK } from '../../shared/browse/bands.ts';
import { type Filter, formatFilters } from '../../shared/browse/filters.ts';
import { trpc } from '../api/trpc.ts';
import { formatCount, formatMoney } from '../lib/format.ts';
import { choiceWord } from './filter-words.ts';
import { inBand, ofChoice } from './picture-links.ts';
import { Bars, PictureComing, PictureFailed } from './picture-parts.tsx';
import { numberOf } from './record-links.tsx';

interface Props {
  readonly shop: string | undefined;
}

const DAYS = 30;
const SHOWN = 5;
const ON_SALE = ofChoice('status', 'ACTIVE');
const STOCK = [
  { key: 'out', label: 'Out of stock', filter: { column: 'totalInventory', operator: 'lte', values: ['0'] } },
  { key: 'low', label: `${LOW_STOCK} or fewer left`, filter: inBand('totalInventory', 1, LOW_STOCK) },
  { key: 'enough', label: `More than ${LOW_STOCK}`, filter: inBand('totalInventory', LOW_STOCK + 1, null) },
] as const satisfies readonly { key: keyof Groups['stock']; label: string; filter: Filter }[];

/** What sells best, what runs out, and what the catalogue is made of. Each part leads to its products. */
export const ProductCharts = memo(({ shop }: Props) => {
  const groups = useQuery(trpc.browse.productCharts.queryOptions({ shop }));
  const sales = useQuery(trpc.browse.charts.queryOptions({ shop, days: DAYS }));
  const error = groups.error ?? sales.error;
  if (groups.data === undefined || sales.data === undefined) {
    return error === null ? (
      <PictureComing />
    ) : (
      <PictureFailed error={error} onRetry={() => Promise.all([groups.refetch(), sales.refetch()])} />
    );
  }
  return groups.data.statuses.length === 0 ? null : <Picture groups={groups.data} sales={sales.data} shop={shop} />;
});

const Picture = ({
  groups,
  sales,
  shop,
}: Props & {
  readonly groups: Groups;
  readonly sales: Charts;
}) => {
  const linkTo = (filters: readonly Filter[]) => (content: React.ReactNode) => (
    <Link to="/products" search={{ shop, filters: formatFilters(filters) }}>
      {content}
    </Link>
  );
  return (
    <section className="br-picture" data-parts="4" aria-label="Products in charts" data-testid="product-charts">
      <div>
        <h3>Best sellers, {DAYS} days</h3>
        <Bars
          empty="Nothing was sold in this period."
          items={sales.topProducts.slice(0, SHOWN).map(({ productId, title, total }) => ({
            key: productId,
            label: title,
            value: formatMoney(total, sales.currency),
            size: total,
            link: linkTo([{ column: 'recordId', operator: 'is', values: [numberOf(productId)] }]),
          }))}
        />
      </div>
      <div>
        <h3>Stock of active products</h3>
        <Bars
          empty=""
          items={STOCK.map(({ key, label, filter }) => ({
            key,
            label,
            value: formatCount(groups.stock[key]),
            size: groups.stock[key],
            link: linkTo([ON_SALE, filter]),
          }))}
        />
      </div>
      <div>
        <h3>By status</h3>
        <Bars
          empty=""
          items={groups.statuses.map(({ status, products }) => ({
            key: status,
            label: choiceWord(status),
            value: formatCount(products),
            size: products,
            link: linkTo([ofChoice('status', status)]),
          }))}
        />
      </div>
      <div>
        <h3>Largest vendors</h3>
        <Bars
          empty=""
          items={groups.vendors.slice(0, SHOWN).map(({ vendor, products }) => ({
            key: vendor,
            label: vendor === '' ? 'No vendor' : vendor,
            value: formatCount(products),
            size: products,
            link: linkTo([ofChoice('vendor', vendor)]),
          }))}
        />
      </div>
    </section>
  );
};
