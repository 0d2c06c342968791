import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ProductDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { PRODUCT_STATUS, StatusBadge } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { Thumbnail } from '../../components/thumbnail.tsx';
import { formatCount, formatMoney, formatPriceRange } from '../../lib/format.ts';
import { htmlToText } from '../../lib/html-text.ts';
import { choiceWord } from '../../records/filter-words.ts';
import { History, OpenInShopify, RecordStamp } from '../../records/record-extras.tsx';
import { OrdersLink, WebhooksLink } from '../../records/record-links.tsx';
import { RecordPane } from '../../records/record-pane.tsx';
import { TagChips } from '../../records/tag-chips.tsx';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
}

export const ProductDetailPane = ({ id, onClose }: Props) => (
  <RecordPane<ProductDetail>
    kind="product"
    query={useQuery(trpc.products.get.queryOptions({ id }))}
    title={(product) => product.title}
    extra={(product) => <StatusBadge soft look={PRODUCT_STATUS[product.status]} />}
    onClose={onClose}
  >
    {(product, refresh) => <Body key={product.id} product={product} refresh={refresh} />}
  </RecordPane>
);

type Part = 'variants' | 'media' | 'metafields' | 'description' | 'history' | 'json';

const Body = ({ product, refresh }: { readonly product: ProductDetail; readonly refresh: ReactNode }) => {
  const [part, setPart] = useState<Part>('variants');
  return (
    <>
      <div className="br-pane-facts">
        <div className="br-record-actions">
          <OpenInShopify shop={product.shop} kind="products" id={product.id} />
          {refresh}
        </div>
        <div className="br-product-top">
          <Thumbnail url={product.imageUrl} size={96} />
          <Facts>
            <Fact name="Price">{formatPriceRange(product.priceMin, product.priceMax, product.currency)}</Fact>
            <Fact name="Inventory">{formatCount(product.totalInventory)} in stock</Fact>
            <Fact name="Vendor">{product.vendor || <span className="br-dim">–</span>}</Fact>
            <Fact name="Type">{product.productType || <span className="br-dim">–</span>}</Fact>
            <Fact name="Orders">
              <OrdersLink of="productId" id={product.id}>
                Orders with this product
              </OrdersLink>
            </Fact>
            <Fact name="Webhooks">
              <WebhooksLink kind="product" id={product.id} />
            </Fact>
          </Facts>
        </div>
        {product.tags.length > 0 && <TagChips tags={product.tags} />}
        <RecordStamp {...product} />
      </div>
      <Tabs
        label="Parts of the product"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'variants', label: `Variants ${formatCount(product.variants.length)}` },
          ...(product.media.length > 0
            ? [{ value: 'media' as const, label: `Media ${formatCount(product.media.length)}` }]
            : []),
          ...(product.metafields.length > 0
            ? [{ value: 'metafields' as const, label: `Metafields ${formatCount(product.metafields.length)}` }]
            : []),
          { value: 'description', label: 'Description' },
          { value: 'history', label: 'History' },
          { value: 'json', label: 'JSON' },
        ]}
      >
        {part === 'variants' && <Variants product={product} />}
        {part === 'media' && <Media product={product} />}
        {part === 'metafields' && <Metafields product={product} />}
        {part === 'history' && <History resource="products" changes={product.changes} currency={product.currency} />}
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

const Media = ({ product }: { readonly product: ProductDetail }) => (
  <ul className="br-media">
    {product.media.map((medium) => (
      <li key={medium.id}>
        <Thumbnail url={medium.url} size={96} />
        <span className="br-dim br-ellipsis">{medium.alt ?? choiceWord(medium.type)}</span>
      </li>
    ))}
  </ul>
);

const Metafields = ({ product }: { readonly product: ProductDetail }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Metafields">
    <table className="br-table">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Type</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {product.metafields.map((metafield) => (
          <tr key={metafield.id}>
            <td className="br-mono">
              {metafield.namespace}.{metafield.key}
            </td>
            <td>{metafield.type}</td>
            <td className="br-mono">{metafield.value}</td>
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
