import { createPayloadTable, deleteShopRows } from '../../platform/payload-table.ts';
import { type HolderContext, type Person, type PersonalDataHolder, withHints } from '../../platform/personal-data.ts';
import { hintsIn } from '../../platform/personal-payload.ts';
import { personalNotes } from './personal-notes.ts';

const bodies = createPayloadTable({
  table: 'webhook_bodies',
  why: 'Bodies as Shopify sent them: orders and customers with names, addresses, e-mail and phone.',
  heading: 'Notices from Shopify about you',
  shop: 'shop',
  texts: ['payload', 'headers'],
  columns: ['topic'],
  kind: 'topic',
  // The delivery stays as a fact, so that totals and the order of events stay right; the person goes out of its body.
  erase: 'anonymise',
});
const deliveries = createPayloadTable({
  table: 'webhook_deliveries',
  why: 'What became of each delivery. Message and resource can name a customer.',
  heading: 'How those notices were dealt with',
  shop: 'shop',
  texts: ['problem'],
  columns: ['topic', 'webhook_id', 'event_id', 'triggered_at', 'received_at', 'state'],
  kind: 'topic',
  erase: 'anonymise',
});

const OF_SHOPS = ['webhook_gap_fills', 'webhook_gaps', 'webhook_subscription_checks'] as const;
/** That a delivery was about this customer. */
const eraseResources = ({ db }: HolderContext, person: Person): Promise<number> =>
  db.writeStatements((connection) =>
    connection.run(
      'UPDATE webhook_deliveries SET resource = NULL WHERE shop = ? AND resource IN (SELECT value FROM json_each(?))',
      person.shop,
      JSON.stringify(person.customerIds.map((id) => `customers/${id}`)),
    ),
  );

/** Stored deliveries. */
export const webhooksPersonalData: PersonalDataHolder = {
  name: 'webhooks',
  tables: [
    bodies.declaration,
    deliveries.declaration,
    { table: 'webhook_keys', holds: 'nothing', why: 'Numbers that tell a repeated delivery; no way back from them.' },
    { table: 'webhook_key_marks', holds: 'nothing', why: 'How far the numbers were merged.' },
    ...personalNotes.declarations,
    { table: 'webhook_gaps', holds: 'shop', why: 'Periods without deliveries, and how many changes filled them.' },
    { table: 'webhook_gap_fills', holds: 'shop', why: 'Which run filled such a period.' },
    { table: 'webhook_listening', holds: 'nothing', why: 'Until when deliveries could come.' },
    { table: 'webhook_subscription_checks', holds: 'shop', why: 'What the store is subscribed to.' },
  ],
  /** A body names its customer by id, e-mail and phone together: that leads from one to the others. */
  identify: async (person, context) => {
    let known = person;
    for await (const { data } of bodies.find(person, context))
      for (const hints of hintsIn(String(data.payload), known, String(data.topic))) known = withHints(known, hints);
    return known;
  },
  find: async function* (person, context) {
    yield* bodies.find(person, context);
    yield* deliveries.find(person, context);
    yield* personalNotes.find(person, context);
  },
  erase: async (person, context) => {
    const erased = [
      ...(await personalNotes.erase(person, context)),
      await bodies.erase(person, context),
      await deliveries.erase(person, context),
    ];
    await eraseResources(context, person);
    return erased;
  },
  eraseShop: async (shop, context) => {
    const erased = [
      ...(await personalNotes.eraseShop(shop, context)),
      await bodies.eraseShop(shop, context),
      await deliveries.eraseShop(shop, context),
    ];
    for (const table of OF_SHOPS) erased.push(await deleteShopRows(table, shop, context));
    return erased;
  },
  mentions: async function* (context) {
    yield* bodies.mentions(context);
    yield* deliveries.mentions(context);
    yield* personalNotes.mentions(context);
  },
};
