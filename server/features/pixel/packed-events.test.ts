import sqlite3 from 'sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStatementConnection, type StatementConnection } from '../../platform/db/statement-connection.ts';
import { createEventInsert } from './event-insert.ts';
import { eventKey } from './event-key.ts';
import type { AcceptedEvent } from './receive.ts';

const SHOP = 'a.myshopify.com';
const RECEIVED = 1_795_557_540_025;
let db: sqlite3.Database;
let connection: StatementConnection;

beforeAll(async () => {
  db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(':memory:', (error) => (error ? reject(error) : resolve(opened)));
  });
  connection = createStatementConnection(db);
  await connection.run(`CREATE TABLE pixel_events (seq INTEGER PRIMARY KEY AUTOINCREMENT, event_key INTEGER NOT NULL UNIQUE, shop TEXT NOT NULL,
    name TEXT NOT NULL, client_id TEXT, occurred_at INTEGER NOT NULL, received_at INTEGER NOT NULL, raw TEXT NOT NULL)`);
});
afterAll(async () => {
  await connection.close();
  await new Promise<void>((resolve) => db.close(() => resolve()));
});

const event = (id: string, changes: Partial<AcceptedEvent> = {}): AcceptedEvent => ({
  id,
  name: 'page_viewed',
  clientId: `client of ${id}`,
  occurredAt: RECEIVED - 1500,
  version: '1.0.0',
  raw: JSON.stringify({ id }),
  ...changes,
});
const store = (events: readonly AcceptedEvent[], keys = events.map(({ id }) => eventKey(SHOP, id))) =>
  createEventInsert().run(connection, { shop: SHOP, receivedAt: RECEIVED, events, keys, toStored: (raw) => raw });
const rows = () =>
  connection.all<Record<string, unknown>>(
    `SELECT name, client_id AS clientId, occurred_at AS occurredAt, raw, event_key AS key, shop, received_at AS receivedAt,
    typeof(raw) || typeof(client_id) || typeof(event_key) AS types FROM pixel_events ORDER BY seq`,
  );

it('stores texts of any script, times of any size and the largest key as they are, in order', async () => {
  const events = [
    event('plain'),
    event('ü', {
      name: 'größe_gewählt',
      clientId: '顧客'.repeat(50),
      raw: JSON.stringify({ id: 'ü', text: '🫖 “quoted”, 顧客' }),
    }),
    event('old', { occurredAt: -62_135_596_800_000 }),
    event('younger than the receipt', { occurredAt: RECEIVED + 7 }),
    event('long', { name: 'x'.repeat(100), raw: JSON.stringify({ id: 'long', fill: 'y'.repeat(250_000) }) }),
    event('first', { clientId: '' }),
  ];
  const keys = [0, 1, 99_999_999, 100_000_000, Number.MAX_SAFE_INTEGER, 7_000_000_000_000_001];
  expect(await store(events, keys)).toBeNull();
  expect(await rows()).toEqual(
    events.map(({ name, clientId, occurredAt, raw }, index) => ({
      name,
      clientId,
      occurredAt,
      raw,
      key: keys[index],
      shop: SHOP,
      receivedAt: RECEIVED,
      types: 'texttextinteger',
    })),
  );
});

it('tells repeats from ids that share a number, across more rows than one statement takes', async () => {
  await connection.run('DELETE FROM pixel_events');
  const many = Array.from({ length: 4500 }, (_, n) => event(`e${n}`));
  expect(await store(many)).toBeNull();
  const other = event('another id with the number of e7');
  expect(
    await store(
      [event('e3'), other, event('new')],
      [eventKey(SHOP, 'e3'), eventKey(SHOP, 'e7'), eventKey(SHOP, 'new')],
    ),
  ).toEqual(new Set([0]));
  const stored = await rows();
  expect(stored).toHaveLength(4502);
  expect(stored.slice(-2).map(({ raw }) => raw)).toEqual(expect.arrayContaining([other.raw, event('new').raw]));
});
