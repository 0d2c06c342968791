import {
  CustomerAddressesPageDocument,
  CustomerByIdDocument,
  CustomerIdsBulkDocument,
  CustomerIdsPageDocument,
  CustomersBulkDocument,
  CustomersCountDocument,
  CustomersPageDocument,
} from '../../../shopify/generated/admin.ts';
import { numberOfGid } from '../records/fields.ts';
import type { MappedRecord } from '../records/record-table.ts';
import { recordStores } from '../resource-stores.ts';
import { assertShown, type CallContext, callOf, type SyncSource } from '../sync/source.ts';
import { addressFromGraphql, customerFromGraphql } from './mapping.ts';
import { ADDRESSES, CUSTOMERS } from './table.ts';

/** Near the 1000 points that one query may cost; see customers.graphql. */
const PAGE_SIZE = 45;

interface CustomerNode {
  readonly id: string;
  readonly addressesV2: {
    readonly nodes: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const completed = async (context: CallContext, node: CustomerNode): Promise<MappedRecord | null> => {
  const addresses = [...node.addressesV2.nodes];
  const { hasNextPage, endCursor } = node.addressesV2.pageInfo;
  for (let after = hasNextPage ? endCursor : null; after !== null; ) {
    const { customer } = await context.client.request(
      CustomerAddressesPageDocument,
      { id: node.id, after },
      callOf(context),
    );
    if (!customer) break;
    addresses.push(...customer.addressesV2.nodes);
    const { pageInfo } = customer.addressesV2;
    after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
  }
  const { addressesV2: _addresses, ...rest } = node;
  const kept = context.screen({ ...rest });
  return kept && customerFromGraphql(context.currency, kept, addresses);
};

export const customerSource: SyncSource<MappedRecord> = {
  resource: 'customers',
  table: CUSTOMERS,
  connection: 'customers',
  scope: 'read_customers',
  pagedRows: 2 * PAGE_SIZE,
  bulkQuery: CustomersBulkDocument.toString(),
  idsBulkQuery: CustomerIdsBulkDocument.toString(),
  count: async (context, query) =>
    (await context.client.request(CustomersCountDocument, { query }, callOf(context))).customersCount?.count ?? null,
  page: async (context, { query, after, first = PAGE_SIZE }) => {
    const sortKey = query === null ? 'ID' : 'UPDATED_AT';
    const { data, denied } = await context.client.requestPartial(
      CustomersPageDocument,
      { first, after, query, sortKey },
      callOf(context),
    );
    const items: MappedRecord[] = [];
    for (const node of data.customers.nodes) {
      const item = await completed(context, node);
      if (item) items.push(item);
    }
    const { hasNextPage, endCursor } = data.customers.pageInfo;
    return {
      items,
      endCursor: hasNextPage ? (endCursor ?? null) : null,
      seen: data.customers.nodes.length,
      denied,
    };
  },
  idsPage: async (context, after) => {
    const { customers } = await context.client.request(CustomerIdsPageDocument, { after }, callOf(context));
    return {
      pks: customers.nodes.flatMap(({ id }) => numberOfGid(id) ?? []),
      endCursor: customers.pageInfo.hasNextPage ? (customers.pageInfo.endCursor ?? null) : null,
    };
  },
  one: async (context, pk) => {
    const { data, denied } = await context.client.requestPartial(
      CustomerByIdDocument,
      { id: `gid://shopify/Customer/${pk}` },
      callOf(context),
    );
    assertShown(data.customer, denied);
    return data.customer ? completed(context, data.customer) : null;
  },
  // The filter matches whole days for customers: a time within the day would leave out what changed before it.
  changedSince: (iso) => `updated_at:>='${iso.slice(0, 10)}'`,
  parent: ({ value, text }, currency) => customerFromGraphql(currency, value, null, text),
  child: ({ value, text }, parentPk) => ({ table: ADDRESSES, row: addressFromGraphql(parentPk, value, text) }),
  whole: ({ value, text }, children, currency) =>
    customerFromGraphql(
      currency,
      value,
      children.map((child) => child.value),
      text,
    ),
  write: (statements, items, stamp) => recordStores.customers.upsert(statements, items, stamp),
};
