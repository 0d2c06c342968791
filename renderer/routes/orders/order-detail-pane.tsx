import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { OrderDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Masked, MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { fulfillmentLook, paymentLook } from '../../records/looks.ts';
import { TransactionChain } from '../../records/order-list.tsx';
import { History, OpenInShopify, RecordStamp } from '../../records/record-extras.tsx';
import { SessionLink, WebhooksLink } from '../../records/record-links.tsx';
import { RecordPane } from '../../records/record-pane.tsx';
import { TagChips } from '../../records/tag-chips.tsx';

export const OrderDetailPane = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => (
  <RecordPane<OrderDetail>
    kind="order"
    query={useQuery(trpc.orders.get.queryOptions({ id }))}
    title={(order) => order.name}
    extra={(order) => <StatusBadge soft look={paymentLook(order.financialStatus)} />}
    onClose={onClose}
  >
    {(order, refresh) => <Body key={order.id} order={order} refresh={refresh} />}
  </RecordPane>
);

type Part = 'lines' | 'payments' | 'history' | 'json';

const Body = ({ order, refresh }: { readonly order: OrderDetail; readonly refresh: ReactNode }) => {
  const [part, setPart] = useState<Part>('lines');
  return (
    <>
      <div className="br-pane-facts">
        <div className="br-record-actions">
          <OpenInShopify shop={order.shop} kind="orders" id={order.id} />
          {refresh}
        </div>
        <Facts columns={2}>
          <Fact name="Customer">
            {order.customer === null ? (
              order.customerName === '' ? (
                <span className="br-dim">no customer</span>
              ) : (
                <Masked
                  value={order.customerName}
                  label="name"
                  source={{ record: 'order', id: order.id, field: 'customerName' }}
                />
              )
            ) : (
              <Link to="/customers" search={{ id: order.customer.id }}>
                {order.customer.displayName}
              </Link>
            )}
            {order.customer !== null && (
              <span className="br-dim">
                {' '}
                · {plural(order.customer.ordersCount, 'order')},{' '}
                {formatMoney(order.customer.amountSpent, order.customer.currency)}
              </span>
            )}
          </Fact>
          {order.email !== null && (
            <Fact name="E-mail">
              <Masked value={order.email} label="e-mail" source={{ record: 'order', id: order.id, field: 'email' }} />
            </Fact>
          )}
          {order.phone !== null && (
            <Fact name="Phone">
              <Masked value={order.phone} label="phone" source={{ record: 'order', id: order.id, field: 'phone' }} />
            </Fact>
          )}
          <Fact name="Fulfilment">
            <StatusBadge look={fulfillmentLook(order.fulfillmentStatus)} />
          </Fact>
          <Fact name="Placed">
            <FullTime iso={order.processedAt} />
          </Fact>
          <Fact name="Channel">{order.sourceName ?? '–'}</Fact>
          <Fact name="Pixel session">
            <SessionLink order={order} />
          </Fact>
          <Fact name="Webhooks">
            <WebhooksLink kind="order" id={order.id} />
          </Fact>
          {order.cancelledAt !== null && (
            <Fact name="Cancelled">
              <FullTime iso={order.cancelledAt} />
            </Fact>
          )}
          {order.tags.length > 0 && (
            <Fact name="Tags">
              <TagChips tags={order.tags} />
            </Fact>
          )}
        </Facts>
        <RecordStamp {...order} />
      </div>
      <Tabs
        label="Parts of the order"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'lines', label: `Items ${formatCount(order.lines.length)}` },
          { value: 'payments', label: `Payments ${formatCount(order.transactions.length)}` },
          { value: 'history', label: 'History' },
          { value: 'json', label: 'JSON' },
        ]}
      >
        {part === 'lines' && <Lines order={order} />}
        {part === 'payments' &&
          (order.transactions.length === 0 ? (
            <p className="br-none">No payment has been tried for this order.</p>
          ) : (
            <TransactionChain transactions={order.transactions} />
          ))}
        {part === 'history' && <History resource="orders" changes={order.changes} currency={order.currency} />}
        {part === 'json' && (
          <MaskedPart label="whole record" value={order.raw} source={{ record: 'order', id: order.id, field: 'raw' }}>
            {(raw) => <JsonView value={raw} label="order" />}
          </MaskedPart>
        )}
      </Tabs>
    </>
  );
};

const Totals = ({ order }: { readonly order: OrderDetail }) => {
  const money = (minor: number): string => formatMoney(minor, order.currency);
  const rows: readonly (readonly [string, string])[] = [
    ['Subtotal', money(order.subtotal)],
    ...(order.discounts > 0
      ? [
          [
            `Discounts${order.discountCodes.length > 0 ? ` (${order.discountCodes.join(', ')})` : ''}`,
            `−${money(order.discounts)}`,
          ] as const,
        ]
      : []),
    ['Shipping', money(order.shipping)],
    ['Tax', money(order.tax)],
  ];
  return (
    <table className="br-totals">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
        <tr data-strong>
          <th scope="row">Total</th>
          <td>{money(order.total)}</td>
        </tr>
        {order.refunded > 0 && (
          <tr>
            <th scope="row">Refunded</th>
            <td>−{money(order.refunded)}</td>
          </tr>
        )}
        {order.outstanding !== 0 && (
          <tr data-warn>
            <th scope="row">{order.outstanding > 0 ? 'Still to be paid' : 'Owed to the customer'}</th>
            <td>{money(Math.abs(order.outstanding))}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
};

const Lines = ({ order }: { readonly order: OrderDetail }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
  <section className="br-scroll" tabIndex={0} aria-label="Items">
    <table className="br-table" data-testid="lines-table">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">SKU</th>
          <th scope="col" data-align="end">
            Quantity
          </th>
          <th scope="col" data-align="end">
            Each
          </th>
          <th scope="col" data-align="end">
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.id}>
            <td>
              {line.productId === null ? (
                line.title
              ) : (
                <Link to="/products" search={{ id: line.productId }}>
                  {line.title}
                </Link>
              )}
              {line.variantTitle !== null && <span className="br-dim"> {line.variantTitle}</span>}
            </td>
            <td className="br-mono">{line.sku ?? '–'}</td>
            <td data-align="end">
              {formatCount(line.currentQuantity)}
              {line.currentQuantity !== line.quantity && (
                <span className="br-dim"> of {formatCount(line.quantity)}</span>
              )}
            </td>
            <td data-align="end">{formatMoney(line.unitPrice, order.currency)}</td>
            <td data-align="end">{formatMoney(line.total, order.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <Totals order={order} />
  </section>
);
