import type * as api from '../../../../shared/api.ts';
import type { Reads } from '../../../platform/db/database.ts';
import { DEFINITIONS, type RawRow } from './definition.ts';
import { changesOf, foundRow, keyOf, parsed, type SyncedBy } from './record-extras.ts';

const { products, orders, transactions, customers } = DEFINITIONS;
const CUSTOMER_ORDERS = 20;
const MAX_LINES = 1000;

const stampOf = (row: RawRow): { syncedAt: string; syncedBy: SyncedBy } => ({
  syncedAt: String(row.synced_at),
  syncedBy: row.synced_by as SyncedBy,
});
const textOf = (row: RawRow, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' && value !== '' ? value : null;
};
const numberOf = (row: RawRow, column: string): number => {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
};
const descriptionOf = (raw: unknown): string => {
  if (typeof raw !== 'object' || raw === null) return '';
  const { descriptionHtml, body_html: bodyHtml } = raw as { descriptionHtml?: unknown; body_html?: unknown };
  return typeof descriptionHtml === 'string' ? descriptionHtml : typeof bodyHtml === 'string' ? bodyHtml : '';
};

/** One record of each kind, with what belongs to it, for the detail pages. */
export const createRecordDetails = (db: Reads) => {
  const one = async (sql: string, pk: number): Promise<RawRow | undefined> => (await db.read<RawRow>(sql, [pk]))[0];
  const transactionsOf = async (orderPk: number): Promise<api.TransactionRow[]> =>
    (
      await db.read<RawRow>(
        `SELECT ${transactions.select} FROM transactions WHERE order_pk = ? ORDER BY processed_at, pk LIMIT 200`,
        [orderPk],
      )
    ).map(transactions.toRow);

  return {
    product: async (id: string): Promise<api.ProductDetail> => {
      const pk = keyOf(id, 'product');
      const row = foundRow(
        await one('SELECT p.*, d.raw FROM products p LEFT JOIN product_documents d ON d.pk = p.pk WHERE p.pk = ?', pk),
        'product',
      );
      const [variants, media, metafields, changes] = await Promise.all([
        db.read<api.ProductDetail['variants'][number]>(
          `SELECT id, title, sku, barcode, price, compare_at_price AS compareAtPrice, inventory_quantity AS inventoryQuantity, position
           FROM product_variants WHERE product_pk = ? ORDER BY position, pk LIMIT 2048`,
          [pk],
        ),
        db.read<api.ProductDetail['media'][number]>(
          'SELECT id, type, url, alt FROM product_media WHERE product_pk = ? ORDER BY position LIMIT 250',
          [pk],
        ),
        db.read<api.ProductDetail['metafields'][number]>(
          'SELECT id, namespace, key, type, value FROM product_metafields WHERE product_pk = ? ORDER BY namespace, key LIMIT 250',
          [pk],
        ),
        changesOf(db, 'products', pk),
      ]);
      const raw = parsed(row.raw);
      return {
        ...products.toRow(row),
        ...stampOf(row),
        description: descriptionOf(raw),
        variants,
        media,
        metafields,
        changes,
        raw,
      };
    },

    order: async (id: string): Promise<api.OrderDetail> => {
      const pk = keyOf(id, 'order');
      const row = foundRow(
        await one('SELECT o.*, d.raw FROM orders o LEFT JOIN order_documents d ON d.pk = o.pk WHERE o.pk = ?', pk),
        'order',
      );
      const customerPk = row.customer_pk;
      const [lines, payments, customer, changes] = await Promise.all([
        db.read<api.OrderDetail['lines'][number]>(
          `SELECT id, CASE WHEN product_pk IS NULL THEN NULL ELSE 'gid://shopify/Product/' || product_pk END AS productId, title,
             variant_title AS variantTitle, sku, quantity, current_quantity AS currentQuantity, unit_price AS unitPrice, total
           FROM order_lines WHERE order_pk = ? ORDER BY pk LIMIT ${MAX_LINES}`,
          [pk],
        ),
        transactionsOf(pk),
        typeof customerPk === 'number'
          ? one(`SELECT ${customers.select} FROM customers WHERE pk = ?`, customerPk)
          : Promise.resolve(undefined),
        changesOf(db, 'orders', pk),
      ]);
      return {
        ...orders.toRow(row),
        ...stampOf(row),
        createdAt: String(row.created_at),
        subtotal: numberOf(row, 'subtotal'),
        shipping: numberOf(row, 'shipping'),
        tax: numberOf(row, 'tax'),
        phone: textOf(row, 'phone'),
        checkoutToken: textOf(row, 'checkout_token'),
        lines,
        transactions: payments,
        customer: customer ? customers.toRow(customer) : null,
        changes,
        raw: parsed(row.raw),
      };
    },

    transaction: async (id: string): Promise<api.TransactionDetail> => {
      const pk = keyOf(id, 'transaction');
      const row = foundRow(await one('SELECT * FROM transactions WHERE pk = ?', pk), 'transaction');
      const orderPk = numberOf(row, 'order_pk');
      const [chain, order, changes] = await Promise.all([
        transactionsOf(orderPk),
        one(`SELECT ${orders.select} FROM orders WHERE pk = ?`, orderPk),
        changesOf(db, 'transactions', pk),
      ]);
      return {
        ...transactions.toRow(row),
        ...stampOf(row),
        paymentId: textOf(row, 'payment_id'),
        chain,
        order: order ? orders.toRow(order) : null,
        changes,
        raw: parsed(row.raw),
      };
    },

    customer: async (id: string): Promise<api.CustomerDetail> => {
      const pk = keyOf(id, 'customer');
      const row = foundRow(
        await one(
          'SELECT c.*, d.raw FROM customers c LEFT JOIN customer_documents d ON d.pk = c.pk WHERE c.pk = ?',
          pk,
        ),
        'customer',
      );
      const [addresses, own, changes] = await Promise.all([
        db.read<RawRow>('SELECT * FROM customer_addresses WHERE customer_pk = ? ORDER BY pk LIMIT 100', [pk]),
        db.read<RawRow>(
          `SELECT ${orders.select} FROM orders WHERE customer_pk = ? ORDER BY processed_at DESC LIMIT ${CUSTOMER_ORDERS}`,
          [pk],
        ),
        changesOf(db, 'customers', pk),
      ]);
      return {
        ...customers.toRow(row),
        ...stampOf(row),
        firstName: textOf(row, 'first_name'),
        lastName: textOf(row, 'last_name'),
        smsMarketing: textOf(row, 'sms_marketing'),
        locale: textOf(row, 'locale'),
        verifiedEmail: row.verified_email === 1,
        taxExempt: row.tax_exempt === 1,
        addresses: addresses.map((address) => ({
          id: String(address.id),
          name: textOf(address, 'name'),
          company: textOf(address, 'company'),
          lines: [
            textOf(address, 'address1'),
            textOf(address, 'address2'),
            [textOf(address, 'zip'), textOf(address, 'city')].filter((part) => part !== null).join(' '),
            [textOf(address, 'province'), textOf(address, 'country_code')].filter((part) => part !== null).join(', '),
          ].filter((line): line is string => line !== null && line !== ''),
          phone: textOf(address, 'phone'),
        })),
        orders: own.map(orders.toRow),
        changes,
        raw: parsed(row.raw),
      };
    },
  };
};
