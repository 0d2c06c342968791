import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Outputs, trpc } from '../../api/trpc.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DetailPane } from '../../components/detail-pane.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { PRODUCT_STATUS, StatusBadge } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { formatCount, formatMoney, formatPriceRange } from '../../lib/format.ts';
import { htmlToText } from '../../lib/html-text.ts';

type ProductDetail = Outputs['products']['get'];

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

export const ProductDetailPane = ({ id, onClose }: Props) => {
  const { data, error, refetch } = useQuery(trpc.products.get.queryOptions({ id }));
  return (
    <DetailPane
      label="Product"
      testId="product-detail"
      title={data?.title ?? 'Product'}
      extra={data !== undefined && <StatusBadge soft look={PRODUCT_STATUS[data.status]} />}
      onClose={onClose}
    >
      {data !== undefined ? (
        <Body key={data.id} product={data} />
      ) : error !== null ? (
        <ErrorState error={error} title="The product could not be loaded" onRetry={refetch} />
      ) : (
        <SkeletonLines count={8} label="The product is being loaded" />
      )}
    </DetailPane>
  );
};

type Part = 'variants' | 'description' | 'json';

const Body = ({ product }: { readonly product: ProductDetail }) => {
  const [part, setPart] = useState<Part>('variants');
  return (
    <>
      <div className="br-pane-facts">
        <div className="br-product-top">
          <Thumbnail url={product.imageUrl} size={96} />
          <Facts>
            <Fact name="Price">{formatPriceRange(product.priceMin, product.priceMax, product.currency)}</Fact>
            <Fact name="Inventory">{formatCount(product.totalInventory)} in stock</Fact>
            <Fact name="Vendor">{product.vendor || <span className="br-dim">–</span>}</Fact>
            <Fact name="Type">{product.productType || <span className="br-dim">–</span>}</Fact>
          </Facts>
        </div>
        <Facts>
          <Fact name="Store">
            <CopyText value={product.shop} label="store domain" />
          </Fact>
          <Fact name="Id">
            <CopyText value={product.id} label="product id" />
          </Fact>
          <Fact name="Handle">
            <CopyText value={product.handle} label="handle" />
          </Fact>
          {product.tags.length > 0 && (
            <Fact name="Tags">
              <ul className="br-chips">
                {product.tags.map((tag) => (
                  <li key={tag} className="br-chip">
                    {tag}
                  </li>
                ))}
              </ul>
            </Fact>
          )}
          <Fact name="Updated">
            <FullTime iso={product.updatedAt} />
          </Fact>
          <Fact name="Stored here">
            <FullTime iso={product.syncedAt} />
            <span className="br-dim">
              , by{' '}
              {product.syncedBy === 'webhook' ? 'a webhook' : product.syncedBy === 'import' ? 'an import' : 'a sync'}
            </span>
          </Fact>
        </Facts>
      </div>
      <Tabs
        label="Parts of the product"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'variants', label: `Variants ${formatCount(product.variants.length)}` },
          { value: 'description', label: 'Description' },
          { value: 'json', label: 'JSON' },
        ]}
      >
        {part === 'variants' && <Variants product={product} />}
        {part === 'description' && <Description html={product.description} />}
        {part === 'json' && <JsonView value={product.raw} label="product" />}
      </Tabs>
    </>
  );
};

const Variants = ({ product }: { readonly product: ProductDetail }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Variants">
    <table className="br-table" data-testid="variants-table">
      <thead>
        <tr>
          <th scope="col">Variant</th>
          <th scope="col">SKU</th>
          <th scope="col">Barcode</th>
          <th scope="col" data-align="end">
            Inventory
          </th>
          <th scope="col" data-align="end">
            Price
          </th>
        </tr>
      </thead>
      <tbody>
        {product.variants.map((variant) => (
          <tr key={variant.id}>
            <td>{variant.title}</td>
            <td className="br-mono">{variant.sku ?? '–'}</td>
            <td className="br-mono">{variant.barcode ?? '–'}</td>
            <td data-align="end">
              {variant.inventoryQuantity === null ? '–' : formatCount(variant.inventoryQuantity)}
            </td>
            <td data-align="end">{formatMoney(variant.price, product.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Description = ({ html }: { readonly html: string }) => {
  const text = htmlToText(html);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
    <section className="br-scroll br-prose" tabIndex={0} aria-label="Description">
      {text === '' ? <p className="br-dim">The product has no description.</p> : text}
    </section>
  );
};
