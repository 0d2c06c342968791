import { createPayloadTable } from '../../platform/payload-table.ts';
import { type PersonalDataHolder, withHints } from '../../platform/personal-data.ts';
import { hintsIn } from '../../platform/personal-payload.ts';

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
  /** A body names its customer by id, e-mail and phone together: that leads from one to the others. */
  identify: async (person, context) => {
    let known = person;
    for await (const { data } of deliveries.find(person, context))
      for (const hints of hintsIn(String(data.payload), known, String(data.topic))) known = withHints(known, hints);
    return known;
  },
  find: deliveries.find,
  erase: async (person, context) => [await deliveries.erase(person, context)],
  eraseShop: async (shop, context) => [await deliveries.eraseShop(shop, context)],
  mentions: deliveries.mentions,
};
