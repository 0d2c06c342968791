import { emptyPerson } from '../../../platform/personal-data.ts';
import { anonymiseText } from '../../../platform/personal-payload.ts';
import type { MappedRecord, RecordTable, WriteStamp } from './record-table.ts';

/** Columns of an order that name who bought, and what stands there when nobody may be named. */
const ORDER_PERSON: Readonly<Record<string, string | null>> = {
  customer_pk: null,
  customer_name: '',
  email: null,
  phone: null,
  country_code: null,
  checkout_token: null,
  cart_token: null,
};

/**
 * What may be written of records that Shopify still has: customers who were erased here are left out, their orders lose their person and
 * keep their amounts. Costs nothing while nobody was erased.
 */
export const withoutErased = (
  definition: RecordTable,
  records: readonly MappedRecord[],
  { shop, suppression }: Pick<WriteStamp, 'shop' | 'suppression'>,
): readonly MappedRecord[] => {
  if (!suppression || suppression.isEmpty || definition.resource === 'products') return records;
  const textIn = (record: MappedRecord, column: string): string | null => {
    const value = record.values[definition.columns.indexOf(column)];
    return value === null || value === undefined ? null : String(value);
  };
  const isErased = (record: MappedRecord, customerId: string | number | null): boolean =>
    suppression.isSuppressed(shop, {
      customerId,
      email: textIn(record, 'email'),
      phone: textIn(record, 'phone'),
      createdAt: textIn(record, 'created_at'),
    });
  const nobody = emptyPerson(shop);
  switch (definition.resource) {
    case 'customers':
      return records.filter((record) => !isErased(record, record.pk));
    case 'orders':
      return records.map((record) =>
        isErased(record, textIn(record, 'customer_pk'))
          ? {
              ...record,
              values: record.values.map((value, index) => {
                const column = definition.columns[index] ?? '';
                return column in ORDER_PERSON ? (ORDER_PERSON[column] ?? null) : value;
              }),
              raw: anonymiseText(record.raw, nobody, 'orders/import'),
              children: withoutTypedText(definition, record.children, (raw) => anonymiseText(raw, nobody)),
            }
          : record,
      );
    case 'transactions':
      return records.map((record) => ({
        ...record,
        raw: suppression.screen(shop, record.raw, 'order_transactions/import'),
      }));
  }
};

/** Lines carry what a customer typed, e.g. an engraving, in their JSON only. */
const withoutTypedText = (
  definition: RecordTable,
  children: MappedRecord['children'],
  screen: (raw: string) => string,
): MappedRecord['children'] => {
  if (!children) return null;
  return Object.fromEntries(
    definition.children.map((child) => {
      const at = child.columns.indexOf('raw');
      const rows = (children[child.table] ?? []).map((row) => ({
        ...row,
        values: row.values.map((value, index) => (index === at && typeof value === 'string' ? screen(value) : value)),
      }));
      return [child.table, rows];
    }),
  );
};
