import { createPayloadTable } from '../../platform/payload-table.ts';
import type { PersonalDataHolder } from '../../platform/personal-data.ts';

const deliveries = createPayloadTable({
  table: 'webhook_deliveries',
  why: 'Bodies as Shopify sent them: orders and customers with names, addresses, e-mail and phone.',
  shop: 'shop',
  texts: ['payload', 'headers', 'problem'],
  columns: ['topic', 'webhook_id', 'event_id', 'triggered_at', 'received_at', 'state'],
  kind: 'topic',
  // The delivery stays as a fact, so that totals and the order of events stay right; the person goes out of its body.
  erase: 'anonymise',
});

/** Stored deliveries. */
export const webhooksPersonalData: PersonalDataHolder = {
  name: 'webhooks',
  tables: [deliveries.declaration],
  find: deliveries.find,
  erase: async (person, context) => [await deliveries.erase(person, context)],
  eraseShop: async (shop, context) => [await deliveries.eraseShop(shop, context)],
  mentions: deliveries.mentions,
};
