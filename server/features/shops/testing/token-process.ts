import type { Clock } from '../../../platform/clock.ts';
import { openDatabase } from '../../../platform/db/database.ts';
import { createIds } from '../../../platform/ids.ts';
import { createSqlLeases } from '../../../platform/lease/sql-leases.ts';
import { createLog } from '../../../platform/log/log.ts';
import { createRedactor } from '../../../platform/log/redact.ts';
import { createVault } from '../../../platform/vault/vault.ts';
import { createAddress } from '../../../shopify/platform.ts';
import { OAuthStateEntity, ShopEntity } from '../entities.ts';
import { createShopStore } from '../shop-store.ts';
import { createTokenKeeper } from '../token-keeper.ts';

/**
 * A process of its own that calls a store, for tests: its clock stands where the last message put it. It gets its data folder and
 * Shopify's address as arguments, `{ time, calls }` by message, and answers how the calls went.
 */
const [dataDir = '', origin = '', shop = '', masterKey = ''] = process.argv.slice(2);

let time = 0;
const clock: Clock = {
  now: () => time,
  // Waits yield, but take no time of their own.
  delay: () => new Promise((resolve) => setTimeout(resolve, 1)),
};
// The migrations were run by whoever made the folder.
const db = await openDatabase({ dataDir, entities: [ShopEntity, OAuthStateEntity], migrations: [] });
const redactor = createRedactor();
const keeper = createTokenKeeper({
  db,
  store: await createShopStore(db, { demo: true }),
  leases: createSqlLeases({ db, clock, ids: createIds(clock) }),
  vault: createVault(masterKey),
  clock,
  log: createLog({ level: 'fatal', redactor, write: () => undefined }),
  redactor,
  address: createAddress(origin),
  credentials: () => ({ apiKey: 'the-app', apiSecret: 'secret-of-the-app', scopes: [] }),
  onChange: () => undefined,
  random: () => 0.5,
});

const isAccepted = async (token: string): Promise<boolean> =>
  (await fetch(origin, { headers: { 'x-shopify-access-token': token } })).ok;

/** As the client makes it: a refused token is asked for anew, once. */
const call = async (): Promise<'first' | 'second' | 'failed'> => {
  const token = await keeper.token(shop);
  if (await isAccepted(token)) return 'first';
  return (await isAccepted(await keeper.token(shop, { refused: token }))) ? 'second' : 'failed';
};

process.on('message', (message: { time: number; calls: number }) => {
  time = message.time;
  Promise.all(Array.from({ length: message.calls }, call)).then(
    (outcomes) => process.send?.({ outcomes }),
    (error: unknown) => process.send?.({ outcomes: [], error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ outcomes: [] });
