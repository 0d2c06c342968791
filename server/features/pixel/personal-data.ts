import { createPayloadTable } from '../../platform/payload-table.ts';
import type { ErasedRows, HolderContext, PersonalDataHolder } from '../../platform/personal-data.ts';

const events = createPayloadTable({
  table: 'pixel_events',
  why: 'What a browser did in the shop; linked to a customer by the pixel’s client id and by checkouts.',
  heading: 'What your browser reported from the shop',
  shop: 'shop',
  texts: ['raw'],
  columns: ['name', 'occurred_at', 'received_at'],
  nulled: ['client_id'],
  // The event stays, so that funnels and totals stay right; whose it was goes.
  erase: 'anonymise',
});
const quarantine = createPayloadTable({
  table: 'pixel_quarantine',
  why: 'Events that did not fit the schema, so a person may be anywhere in them.',
  heading: 'Faulty reports of your browser',
  shop: 'shop',
  texts: ['raw', 'reason'],
  columns: ['event_id', 'name', 'version', 'received_at'],
  erase: 'delete',
});

const sessions = createPayloadTable({
  table: 'pixel_sessions',
  why: 'The pages and steps of one visit; linked to a customer by the browser’s client id, the checkout and the order.',
  heading: 'Your visits to the shop',
  shop: 'shop',
  texts: ['path', 'landing'],
  columns: ['started_at', 'last_at', 'source', 'order_id'],
  nulled: ['client_id', 'checkout_token'],
  // Counts by step stay; whose visit it was goes.
  erase: 'anonymise',
});
const OF_THE_SHOP = [
  ['pixel_rollups', 'Numbers of events by minute, hour and day.'],
  ['pixel_funnel', 'Numbers of sessions by step, hour and day.'],
  ['pixel_tops', 'How often products were seen and words searched, by day; e-mail addresses are taken out before.'],
  ['pixel_rules', 'The form that a store’s own events must have.'],
  [
    'pixel_withheld',
    'Numbers made of checkouts whose shopper did not allow analytics; 90 days. Nothing of the shopper.',
  ],
  ['pixel_old_keys', 'Pixel keys that were replaced.'],
  ['extensions', 'The store’s pixel key and the state of its extension.'],
] as const;

const eraseEach = async (shop: string, context: HolderContext): Promise<ErasedRows[]> => {
  const erased: ErasedRows[] = [];
  for (const [table] of OF_THE_SHOP) erased.push(await eraseShopTable(table, shop, context));
  return erased;
};

/** Tables whose key is the store and a time have no rowid; they are small enough for one statement. */
const eraseShopTable = async (table: string, shop: string, context: HolderContext): Promise<ErasedRows> => ({
  table,
  rows: await context.db.writeStatements((connection) => connection.run(`DELETE FROM ${table} WHERE shop = ?`, shop)),
  how: 'deleted',
});

/** Pixel events, accepted and quarantined, and what is derived from them. */
export const pixelPersonalData: PersonalDataHolder = {
  name: 'pixel',
  tables: [
    events.declaration,
    quarantine.declaration,
    sessions.declaration,
    ...OF_THE_SHOP.map(([table, why]) => ({ table, holds: 'shop' as const, why })),
    { table: 'pixel_keys', holds: 'nothing', why: 'Numbers that tell a repeated event; no way back from them.' },
    { table: 'pixel_key_marks', holds: 'nothing', why: 'How far those numbers are sorted in.' },
    { table: 'pixel_analysis', holds: 'nothing', why: 'How far the analysis has come.' },
  ],
  /** Events of a checkout name the customer; the browser's other events only carry its client id. */
  identify: async (person, context) => {
    const clientIds = new Set<string>();
    for await (const { data } of events.find(person, context))
      if (typeof data.client_id === 'string') clientIds.add(data.client_id);
    return { clientIds: [...clientIds] };
  },
  find: async function* (person, context) {
    yield* events.find(person, context);
    yield* quarantine.find(person, context);
    yield* sessions.find(person, context);
  },
  erase: async (person, context) => [
    await events.erase(person, context),
    await quarantine.erase(person, context),
    await sessions.erase(person, context),
  ],
  eraseShop: async (shop, context) => [
    await events.eraseShop(shop, context),
    await quarantine.eraseShop(shop, context),
    await sessions.eraseShop(shop, context),
    ...(await eraseEach(shop, context)),
  ],
  mentions: async function* (context) {
    yield* events.mentions(context);
    yield* quarantine.mentions(context);
    yield* sessions.mentions(context);
  },
};
