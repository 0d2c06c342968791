import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CustomerDetail } from '../../../shared/api.ts';
import { trpc } from '../../api/trpc.ts';
import { Fact, Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Masked, MaskedPart } from '../../components/masked.tsx';
import { FullTime } from '../../components/relative-time.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatCount, formatMoney } from '../../lib/format.ts';
import { choiceWord } from '../../records/filter-words.ts';
import { OrderLinks } from '../../records/order-list.tsx';
import { History, OpenInShopify, RecordStamp } from '../../records/record-extras.tsx';
import { OrdersLink, WebhooksLink } from '../../records/record-links.tsx';
import { RecordPane } from '../../records/record-pane.tsx';
import { TagChips } from '../../records/tag-chips.tsx';

export const CustomerDetailPane = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => (
  <RecordPane<CustomerDetail>
    kind="customer"
    query={useQuery(trpc.customers.get.queryOptions({ id }))}
    title={(customer) => customer.displayName}
    onClose={onClose}
  >
    {(customer, refresh) => <Body key={customer.id} customer={customer} refresh={refresh} />}
  </RecordPane>
);

type Part = 'orders' | 'addresses' | 'history' | 'json';

const sourceOf = <F extends 'displayName' | 'email' | 'phone' | 'addresses' | 'raw'>(id: string, field: F) =>
  ({ record: 'customer', id, field }) as const;

const Body = ({ customer, refresh }: { readonly customer: CustomerDetail; readonly refresh: ReactNode }) => {
  const [part, setPart] = useState<Part>('orders');
  return (
    <>
      <div className="br-pane-facts">
        <div className="br-record-actions">
          <OpenInShopify shop={customer.shop} kind="customers" id={customer.id} />
          {refresh}
        </div>
        <Facts columns={2}>
          <Fact name="Name">
            <Masked value={customer.displayName} label="name" source={sourceOf(customer.id, 'displayName')} />
          </Fact>
          <Fact name="Orders">
            <OrdersLink of="customerId" id={customer.id}>
              {formatCount(customer.ordersCount)}
            </OrdersLink>
          </Fact>
          <Fact name="Spent">{formatMoney(customer.amountSpent, customer.currency)}</Fact>
          <Fact name="E-mail">
            <Masked value={customer.email} label="e-mail" source={sourceOf(customer.id, 'email')} />
          </Fact>
          <Fact name="Phone">
            <Masked value={customer.phone} label="phone" source={sourceOf(customer.id, 'phone')} />
          </Fact>
          <Fact name="E-mail marketing">{choiceWord(customer.emailMarketing ?? '–')}</Fact>
          <Fact name="SMS marketing">{choiceWord(customer.smsMarketing ?? '–')}</Fact>
          <Fact name="Customer since">
            <FullTime iso={customer.createdAt} />
          </Fact>
          <Fact name="Account">{choiceWord(customer.state)}</Fact>
          <Fact name="Webhooks">
            <WebhooksLink kind="customer" id={customer.id} />
          </Fact>
          {customer.tags.length > 0 && (
            <Fact name="Tags">
              <TagChips tags={customer.tags} />
            </Fact>
          )}
        </Facts>
        <RecordStamp {...customer} />
      </div>
      <Tabs
        label="Parts of the customer"
        value={part}
        onChange={setPart}
        tabs={[
          { value: 'orders', label: 'Orders' },
          { value: 'addresses', label: `Addresses ${formatCount(customer.addresses.length)}` },
          { value: 'history', label: 'History' },
          { value: 'json', label: 'JSON' },
        ]}
      >
        {part === 'orders' &&
          (customer.orders.length === 0 ? (
            <p className="br-none">No orders of this customer are on this computer.</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard
            <section className="br-scroll" tabIndex={0} aria-label="Orders">
              <OrderLinks orders={customer.orders} />
            </section>
          ))}
        {part === 'addresses' && (
          <MaskedPart label="addresses" value={customer.addresses} source={sourceOf(customer.id, 'addresses')}>
            {(addresses) => <Addresses addresses={addresses as CustomerDetail['addresses']} />}
          </MaskedPart>
        )}
        {part === 'history' && <History resource="customers" changes={customer.changes} currency={customer.currency} />}
        {part === 'json' && (
          <MaskedPart label="whole record" value={customer.raw} source={sourceOf(customer.id, 'raw')}>
            {(raw) => <JsonView value={raw} label="customer" />}
          </MaskedPart>
        )}
      </Tabs>
    </>
  );
};

const Addresses = ({ addresses }: { readonly addresses: CustomerDetail['addresses'] }) =>
  addresses.length === 0 ? (
    <p className="br-none">The customer has no address.</p>
  ) : (
    <ul className="br-addresses">
      {addresses.map((address) => (
        <li key={address.id}>
          <address>
            {[address.name, address.company, ...address.lines, address.phone]
              .filter((line) => line !== null && line !== '')
              .map((line) => (
                <span key={line}>{line}</span>
              ))}
          </address>
        </li>
      ))}
    </ul>
  );
