import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../../migrations.ts';
import { type Database, openDatabase } from '../../platform/db/database.ts';
import { createEventInsert, type EventInsert } from './event-insert.ts';
import { eventKey } from './event-key.ts';
import type { AcceptedEvent } from './receive.ts';

const SHOP = 'a.myshopify.com';
const RECEIVED = 1_795_557_540_025;
const NO_COUNTS = { tallies: '[]', counts: '[]' };
let folder: string;
let db: Database;
let insert: EventInsert;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backroom-events-'));
  db = await openDatabase({ dataDir: folder, entities: [], migrations });
  insert = await createEventInsert(db);
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const event = (id: string, changes: Partial<AcceptedEvent> = {}): AcceptedEvent => ({
  id,
  name: 'page_viewed',
  clientId: `client of ${id}`,
  occurredAt: RECEIVED - 1500,
  version: '1.0.0',
  raw: JSON.stringify({ id }),
  at: -1,
  ...changes,
});
/** A request whose body holds the events in a list, with white space around them. */
const request = (events: readonly AcceptedEvent[]) => {
  let text = '[';
  const placed = events.map((each) => {
    text += '\n  ';
    const at = text.length;
    text += `${each.raw},`;
    return { ...each, at };
  });
  return { accepted: placed, body: Buffer.from(text) };
};
const receiptsOf = (...batches: { accepted: readonly AcceptedEvent[]; body: Buffer | null }[]) => ({
  shop: SHOP,
  receivedAt: RECEIVED,
  batches,
});
const asIs = (raw: string): string => raw;
const tryNew = (receipts: ReturnType<typeof receiptsOf>, toStored = asIs): Promise<boolean> =>
  db.writeOneStatement((connection) => insert.tryNew(connection, receipts, NO_COUNTS, toStored));
/** The positions of the repeats. */
const insertRest = (receipts: ReturnType<typeof receiptsOf>): Promise<number[]> =>
  db.writeStatements(async (connection) => {
    const found = await insert.findRepeats(connection, receipts);
    await insert.insert(connection, receipts, found, NO_COUNTS, asIs);
    return [...found.repeats];
  });
const rows = () =>
  db.read<Record<string, unknown>>(
    `SELECT name, client_id AS clientId, occurred_at AS occurredAt, raw, event_key AS "key", shop, received_at AS receivedAt,
    typeof(raw) || typeof(client_id) || typeof(event_key) AS types FROM pixel_events ORDER BY seq`,
  );

it('stores texts of any script, times of any size and events of several bodies as they are, in order', async () => {
  const others = [
    event('ü', {
      name: 'größe_gewählt',
      clientId: '顧客'.repeat(50),
      raw: JSON.stringify({ id: 'ü', text: '🫖 “quoted”, 顧客' }),
    }),
    event('old', { occurredAt: -62_135_596_800_000 }),
    event('younger than the receipt', { occurredAt: RECEIVED + 7 }),
    event('long', { name: 'x'.repeat(100), raw: JSON.stringify({ id: 'long', fill: 'y'.repeat(250_000) }) }),
    event('no client', { clientId: '' }),
  ];
  const first = request([event('one'), event('two', { name: 'cart_viewed' })]);
  const second = request([event('three'), event('four')]);
  // One of a request is changed before it is stored, e.g. cleaned.
  const cleaned = { ...second, accepted: [...second.accepted, event('five')] };
  const batches = [first, { accepted: others, body: null }, cleaned];
  expect(await tryNew(receiptsOf(...batches))).toBe(true);
  expect(await rows()).toEqual(
    batches
      .flatMap(({ accepted }) => accepted)
      .map(({ id, name, clientId, occurredAt, raw }) => ({
        name,
        clientId,
        occurredAt,
        raw,
        key: eventKey(SHOP, id),
        shop: SHOP,
        receivedAt: RECEIVED,
        types: 'texttextinteger',
      })),
  );
});

it('stores what may be kept of an event instead of what came', async () => {
  const batch = request([event('a'), event('b')]);
  expect(await tryNew(receiptsOf(batch), (raw) => raw.replace('"b"', '"b","kept":"ö"'))).toBe(true);
  expect((await rows()).map(({ raw }) => raw)).toEqual(['{"id":"a"}', '{"id":"b","kept":"ö"}']);
});

it('tells repeats: in one receipt, among the newest, in the table of keys, and after a new start', async () => {
  const one = receiptsOf(request([event('a'), event('b')]));
  expect(await tryNew(one)).toBe(true);
  const mixed = receiptsOf(request([event('b'), event('c')]), request([event('c'), event('d')]));
  expect(await tryNew(mixed)).toBe(false);
  expect(await insertRest(mixed)).toEqual([0, 2]);
  expect(await rows()).toHaveLength(4);

  insert = await createEventInsert(db);
  expect(await tryNew(one)).toBe(false);
  expect(await insertRest(one)).toEqual([0, 1]);

  const many = receiptsOf({ accepted: Array.from({ length: 140_000 }, (_, n) => event(`e${n}`)), body: null });
  expect(await tryNew(many)).toBe(true);
  await insert.merge();
  expect(await db.read('SELECT count(*) AS n FROM pixel_keys')).toEqual([{ n: 140_004 }]);
  const again = receiptsOf(request([event('new'), event('e77')]), request([event('a')]));
  expect(await tryNew(again)).toBe(false);
  expect(await insertRest(again)).toEqual([1, 2]);
  // As a new start sees it.
  insert = await createEventInsert(db);
  expect(await tryNew(receiptsOf(request([event('e139999')])))).toBe(false);
  expect(await tryNew(receiptsOf(request([event('newer')])))).toBe(true);
  expect(await rows()).toHaveLength(140_006);
});

it('an id that shares its number with another is stored, and an id that was removed may come again', async () => {
  await tryNew(receiptsOf(request([event('a'), event('b')])));
  await db.write((tx) =>
    tx.query('UPDATE pixel_events SET event_key = ? WHERE seq = 1', [eventKey(SHOP, 'another with that number')]),
  );
  await db.write((tx) =>
    tx.query('INSERT INTO pixel_keys (key, seq) VALUES (?, 1)', [eventKey(SHOP, 'another with that number')]),
  );
  const other = receiptsOf(request([event('another with that number')]));
  expect(await tryNew(other)).toBe(false);
  expect(await insertRest(other)).toEqual([]);
  expect(await rows()).toHaveLength(3);

  await db.write((tx) => tx.query('DELETE FROM pixel_events'));
  expect(await db.read('SELECT count(*) AS n FROM pixel_keys')).toEqual([{ n: 0 }]);
  expect(await insertRest(receiptsOf(request([event('a'), event('b')])))).toEqual([]);
  expect(await rows()).toHaveLength(2);
});

it('a statement that is rolled back leaves its numbers unused', async () => {
  const receipts = receiptsOf(request([event('a')]));
  await expect(
    db.writeStatements(async (connection) => {
      const found = await insert.findRepeats(connection, receipts);
      await insert.insert(connection, receipts, found, NO_COUNTS, asIs);
      throw new Error('later in the same transaction');
    }),
  ).rejects.toThrow('later in the same transaction');
  expect(await tryNew(receipts)).toBe(false);
  expect(await insertRest(receipts)).toEqual([]);
  expect(await db.read('SELECT seq FROM pixel_events')).toEqual([{ seq: 2 }]);
});
