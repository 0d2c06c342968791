import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PixelFunnel, PixelOrderCause, PixelOrderGaps } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { IconArrowDown } from '../../components/icons.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { downloadText } from './download-text.ts';
import { ORDER_CAUSES, ordersCsv } from './funnel-csv.ts';
import { NumberTable } from './number-table.tsx';
import { type Period, percentText } from './period.tsx';

const SHOWN = 10;

const WORDS: Readonly<Record<PixelOrderCause, string>> = {
  consent: 'Not seen: the shopper did not allow analytics',
  blocked: 'Not seen: blocked, nothing came from this checkout',
  late: 'Not seen: late, the end of its checkout has not come (yet)',
  quarantined: 'Not seen: its event waits in quarantine',
  off: 'Not seen: nothing came from the store in that hour',
};
const SHORT: Readonly<Record<PixelOrderCause, string>> = {
  consent: 'No consent',
  blocked: 'Blocked',
  late: 'Late',
  quarantined: 'In quarantine',
  off: 'Nothing came from the store',
};

interface Props {
  readonly funnel: PixelFunnel;
  readonly shop: string | undefined;
  readonly period: Period;
}

/** Orders beside what the pixel saw of them: the numbers by cause, and the newest that are missing on either side. */
export const OrderGaps = ({ funnel, shop, period }: Props) => {
  const { data, error, refetch } = useQuery(
    trpc.pixel.orderGaps.queryOptions({ shop, period }, { enabled: funnel.orders !== null }),
  );
  const { orders } = funnel;
  if (orders === null)
    return (
      <section className="br-section" aria-labelledby="funnel-orders">
        <div className="br-section-head">
          <h2 id="funnel-orders">Orders</h2>
        </div>
        <p className="br-none">Orders are not synced yet, so they can’t be compared with what the pixel saw.</p>
      </section>
    );
  const online = orders.total - orders.offline;
  return (
    <>
      <NumberTable
        id="funnel-orders"
        title="Orders and what the pixel saw"
        first="Orders"
        columns={['Number', 'Share']}
        action={
          <Button
            leftSection={<IconArrowDown size={14} aria-hidden />}
            disabled={data === undefined}
            onClick={() =>
              data && downloadText(`orders-not-seen-${funnel.from.slice(0, 10)}.csv`, ordersCsv(orders, data))
            }
          >
            Orders as CSV
          </Button>
        }
        rows={[
          { label: 'Seen by the pixel', values: [orders.seen, percentText(orders.seen, online)] },
          ...ORDER_CAUSES.map((cause) => ({
            label: WORDS[cause],
            values: [orders.causes[cause], percentText(orders.causes[cause], online)],
          })),
          { label: 'Without a browser, e.g. point of sale or drafts', values: [orders.offline, '–'] },
          { label: 'Paid sessions whose order never came', values: [orders.withoutOrder, '–'] },
        ]}
        empty=""
      />
      <p className="br-none br-dim">
        Where a region asks for consent, Shopify does not load the pixel before it is given: such orders can’t be told
        from blocked ones.
      </p>
      {data !== undefined ? (
        <MissingLists gaps={data} />
      ) : error === null ? (
        <SkeletonLines count={4} label="The missing orders are being loaded" />
      ) : (
        <ErrorState error={error} title="The missing orders could not be loaded" onRetry={refetch} />
      )}
    </>
  );
};

const MissingLists = ({ gaps }: { readonly gaps: PixelOrderGaps }) => (
  <div className="br-columns">
    <section className="br-section" aria-labelledby="orders-unseen">
      <div className="br-section-head">
        <h2 id="orders-unseen">Newest orders not seen</h2>
      </div>
      {gaps.unseen.length === 0 ? (
        <p className="br-none">Every order was seen.</p>
      ) : (
        <table className="br-table">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Why</th>
              <th scope="col" data-align="end">
                Placed
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.unseen.slice(0, SHOWN).map((order) => (
              <tr key={`${order.shop} ${order.orderId}`}>
                <th scope="row">
                  <Link className="br-link" to="/orders" search={{ id: order.orderId }}>
                    {order.name}
                  </Link>
                </th>
                <td>{SHORT[order.cause]}</td>
                <td data-align="end">
                  <RelativeTime iso={order.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
    <section className="br-section" aria-labelledby="orders-orphans">
      <div className="br-section-head">
        <h2 id="orders-orphans">Newest paid sessions without order</h2>
      </div>
      {gaps.orphans.length === 0 ? (
        <p className="br-none">Every paid session has its order.</p>
      ) : (
        <table className="br-table">
          <thead>
            <tr>
              <th scope="col">Order by the event</th>
              <th scope="col">From</th>
              <th scope="col" data-align="end">
                Paid
              </th>
            </tr>
          </thead>
          <tbody>
            {gaps.orphans.slice(0, SHOWN).map((orphan) => (
              <tr key={orphan.sessionId}>
                <th scope="row" className="br-num">
                  {orphan.orderId ?? '–'}
                </th>
                <td>{orphan.source}</td>
                <td data-align="end">
                  <RelativeTime iso={orphan.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  </div>
);
