import { createPayloadTable, deleteShopRows } from '../../platform/payload-table.ts';
import type { PersonalDataHolder } from '../../platform/personal-data.ts';

const events = createPayloadTable({
  table: 'pixel_events',
  why: 'What a browser did in the shop; linked to a customer by the pixel’s client id and by checkouts.',
  shop: 'shop',
  texts: ['raw'],
  columns: ['event_id', 'name', 'url', 'occurred_at', 'received_at'],
  nulled: ['client_id'],
  // The event stays, so that funnels and totals stay right; whose it was goes.
  erase: 'anonymise',
});
const quarantine = createPayloadTable({
  table: 'pixel_quarantine',
  why: 'Events that did not fit the schema, so a person may be anywhere in them.',
  shop: 'shop',
  texts: ['raw', 'reason'],
  columns: ['event_id', 'name', 'received_at'],
  erase: 'delete',
});

/** Pixel events, accepted and quarantined. */
export const pixelPersonalData: PersonalDataHolder = {
  name: 'pixel',
  tables: [
    events.declaration,
    quarantine.declaration,
    { table: 'extensions', holds: 'shop', why: 'The store’s pixel key and the state of its extension.' },
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
  },
  erase: async (person, context) => [await events.erase(person, context), await quarantine.erase(person, context)],
  eraseShop: async (shop, context) => [
    await events.eraseShop(shop, context),
    await quarantine.eraseShop(shop, context),
    await deleteShopRows('extensions', shop, context),
  ],
  mentions: async function* (context) {
    yield* events.mentions(context);
    yield* quarantine.mentions(context);
  },
};
