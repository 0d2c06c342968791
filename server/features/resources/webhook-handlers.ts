import type { EntityManager } from 'typeorm';
import { AppError } from '../../../shared/errors.ts';
import { isErased } from '../../platform/personal-payload.ts';
import {
  type AfterCommit,
  type StoredDelivery,
  type TopicHandler,
  topicHandler,
} from '../../platform/topic-handler.ts';
import { customerFromWebhook } from './customers/mapping.ts';
import { type MappedOrder, orderFromWebhook, refundTransactionsFromWebhook } from './orders/mapping.ts';
import { productFromWebhook } from './products/mapping.ts';
import { fieldsOf, normalTime } from './records/fields.ts';
import type { MappedRecord, Resource, WriteResult, WriteStamp } from './records/record-table.ts';
import { type Statements, statementsOf } from './records/statements.ts';
import { nameTransactions, recordStores, removeRecords, writeOrders } from './resource-stores.ts';
import { transactionOfTopic } from './transactions/mapping.ts';

interface Item<Value> {
  readonly value: Value;
  readonly delivery: Pick<StoredDelivery, 'seq' | 'shop' | 'receivedAt'>;
}
interface Deletion {
  readonly pk: number;
  readonly deletedAt: string;
}

export interface WebhookHandlerPorts {
  /** Null: not known. Undefined: the store is not connected, so its webhooks change nothing. */
  readonly currencyOf: (shop: string) => string | null | undefined;
  /** After the commit. */
  readonly onChanged: (resource: Resource, shop: string, pks: readonly number[]) => void;
}

const stampOf = ({ delivery }: Item<unknown>): WriteStamp => ({
  shop: delivery.shop,
  syncedAt: delivery.receivedAt,
  syncedBy: 'webhook',
  sourceId: String(delivery.seq),
});

const deletionOf = (payload: unknown, delivery: StoredDelivery, what: string): Deletion => {
  const deletedAt = normalTime(delivery.triggeredAt) ?? normalTime(delivery.receivedAt);
  if (deletedAt === null) throw new AppError('BAD_REQUEST', 'The delivery has no time.');
  return { pk: fieldsOf(payload, what).pk('id'), deletedAt };
};

const changedPks = (result: WriteResult): number[] => [...result.created, ...result.updated];

type Told = (resource: Resource, pks: readonly number[]) => void;

/**
 * Handlers of the topics about products, orders, refunds, transactions and customers. Neighbours of one store are written together, each
 * with its own delivery as the source when it is alone; in a group the history names the last one.
 */
export const createResourceWebhookHandlers = (ports: WebhookHandlerPorts): Record<string, TopicHandler> => {
  /** Runs of items of the same store, in order. */
  const byShop = async <Value>(
    items: readonly Item<Value>[],
    write: (part: readonly Item<Value>[]) => Promise<void>,
  ): Promise<void> => {
    for (let from = 0; from < items.length; ) {
      let to = from + 1;
      while (to < items.length && items[to]?.delivery.shop === items[from]?.delivery.shop) to += 1;
      await write(items.slice(from, to));
      from = to;
    }
  };

  const writer = <Value>(
    read: (payload: unknown, delivery: StoredDelivery, currency: string | null) => Value,
    write: (statements: Statements, values: readonly Value[], stamp: WriteStamp, tell: Told) => Promise<void>,
  ): TopicHandler =>
    topicHandler<Item<Value>>({
      prepare: (payload, delivery) => {
        const currency = ports.currencyOf(delivery.shop);
        // A body whose person was erased says nothing any more: there is nothing to apply.
        if (currency === undefined || isErased(payload)) return null;
        const { seq, shop, receivedAt } = delivery;
        return { value: read(payload, delivery, currency), delivery: { seq, shop, receivedAt } };
      },
      write: (tx: EntityManager, items, afterCommit: AfterCommit) =>
        byShop(items, async (part) => {
          const last = part.at(-1);
          if (last === undefined) return;
          const stamp = stampOf(last);
          await write(
            statementsOf(tx),
            part.map((item) => item.value),
            stamp,
            (resource, pks) => afterCommit(() => ports.onChanged(resource, stamp.shop, pks)),
          );
        }),
    });

  const upsertOf = (
    resource: Resource,
    read: (payload: unknown, delivery: StoredDelivery, currency: string | null) => MappedRecord,
  ): TopicHandler =>
    writer(read, async (statements, records, stamp, tell) => {
      const result = await recordStores[resource].upsert(statements, records, stamp);
      tell(resource, changedPks(result));
    });

  const removeOf = (resource: Resource, what: string): TopicHandler =>
    writer(
      (payload, delivery) => deletionOf(payload, delivery, what),
      async (statements, deletions, stamp, tell) => {
        for (const { pk, deletedAt } of deletions)
          await removeRecords(statements, resource, [pk], {
            shop: stamp.shop,
            deletedAt,
            source: 'webhook',
            sourceId: stamp.sourceId,
          });
        tell(
          resource,
          deletions.map(({ pk }) => pk),
        );
      },
    );

  const writeTransactions = async (
    statements: Statements,
    records: readonly MappedRecord[],
    stamp: WriteStamp,
    tell: Told,
  ): Promise<void> => {
    const result = await recordStores.transactions.upsert(statements, records, stamp);
    await nameTransactions(statements, changedPks(result));
    tell('transactions', changedPks(result));
  };

  const product = upsertOf('products', (payload, _delivery, currency) => productFromWebhook(currency, payload));
  const customer = upsertOf('customers', (payload, _delivery, currency) => customerFromWebhook(currency, payload));
  const order = writer<MappedOrder>(orderFromWebhook, async (statements, orders, stamp, tell) => {
    const result = await writeOrders(statements, orders, stamp);
    tell('orders', changedPks(result.orders));
    if (changedPks(result.transactions).length > 0) tell('transactions', changedPks(result.transactions));
  });
  return {
    'products/create': product,
    'products/update': product,
    'products/delete': removeOf('products', 'a product'),
    'orders/create': order,
    'orders/updated': order,
    'orders/paid': order,
    'orders/fulfilled': order,
    'orders/cancelled': order,
    'orders/delete': removeOf('orders', 'an order'),
    'refunds/create': writer<readonly MappedRecord[]>(
      (payload, delivery) => refundTransactionsFromWebhook(payload, delivery.receivedAt),
      (statements, refunds, stamp, tell) => writeTransactions(statements, refunds.flat(), stamp, tell),
    ),
    'order_transactions/create': writer<MappedRecord>(
      (payload, delivery) => transactionOfTopic(payload, delivery.receivedAt),
      writeTransactions,
    ),
    'customers/create': customer,
    'customers/update': customer,
    'customers/delete': removeOf('customers', 'a customer'),
  };
};
