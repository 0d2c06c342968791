import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OrderDetail } from '../../shared/api.ts';
import { formatFilters } from '../../shared/browse/filters.ts';
import { trpc } from '../api/trpc.ts';
import { plural } from '../lib/format.ts';

/** The number at the end of a gid, which webhooks and Shopify's own pages name a record by. */
export const numberOf = (id: string): string => id.split('/').at(-1) ?? id;

/** The deliveries that name the record somewhere in their body. */
export const WebhooksLink = ({ id, kind }: { readonly id: string; readonly kind: string }) => (
  <Link to="/webhooks" search={{ text: numberOf(id) }}>
    Webhooks about this {kind}
  </Link>
);

/** All orders of a customer, or with a product, as a filtered list. */
export const OrdersLink = (props: {
  readonly of: 'customerId' | 'productId';
  readonly id: string;
  readonly children: string;
}) => (
  <Link
    to="/orders"
    search={{ filters: formatFilters([{ column: props.of, operator: 'is', values: [numberOf(props.id)] }]) }}
  >
    {props.children}
  </Link>
);

/** The visit that the order was made in, as far as the pixel saw it. */
export const SessionLink = ({ order }: { readonly order: Pick<OrderDetail, 'shop' | 'checkoutToken'> }) => {
  const { shop, checkoutToken } = order;
  const { data, error } = useQuery({
    ...trpc.pixel.session.queryOptions({ shop, checkoutToken: checkoutToken ?? '-' }),
    enabled: checkoutToken !== null,
  });
  if (checkoutToken === null) return <span className="br-dim">not made in a browser</span>;
  if (error !== null) return <span className="br-dim">could not be looked up</span>;
  if (data === undefined) return <span className="br-dim">…</span>;
  if (data.session === null) return <span className="br-dim">not seen by the pixel</span>;
  const { id, source, events } = data.session;
  return (
    <>
      <Link to="/pixel" search={{ view: 'funnel', session: id }}>
        From {source}
      </Link>
      <span className="br-dim"> · {plural(events, 'event')}</span>
    </>
  );
};
