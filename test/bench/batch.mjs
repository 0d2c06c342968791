import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { ROOT } from '../../scripts/lib/run.mjs';
import { createEventSource, median, pragmas, startBackend, startDemoStore, temporaryFolder } from './lib.mjs';
import { load } from './load.mjs';

const ROUNDS = 3;
const SECONDS = 4;
const EVENTS = 100;
const CONNECTIONS = 16;

/** Read from the sources, so that the limit can't fall behind them. */
const statementsIn = (file, pattern) => {
  const text = readFileSync(join(ROOT, 'server/migrations', file), 'utf8');
  const statements = [...text.matchAll(pattern)].map((match) => match[1]);
  if (statements.length === 0) throw new Error(`no statement was found in ${file}`);
  return statements;
};
const tables = () => [
  ...statementsIn('1795478700000-pixel.ts', /`(CREATE TABLE pixel_events \([^`]*)`/g).slice(0, 1),
  ...statementsIn('1795480100000-seen-keys.ts', /'(CREATE TABLE pixel_keys \([^']*)'/g),
];

/**
 * Several rows of bound values, as one writes such an insert: `json_each` takes about twice as long and would flatter the ratio. (The form that the backend
 * packs rows into costs SQLite a tenth less, but JavaScript more; see `packed-events.ts`.) What is the same for all rows is bound once.
 */
const INSERT = `INSERT INTO pixel_events (shop, received_at, event_key, name, client_id, occurred_at, raw)
VALUES ${Array.from({ length: EVENTS }, (_, row) => `(?1,?2,${[3, 4, 5, 6, 7].map((at) => `?${at + row * 5}`).join(',')})`).join(',')}`;

/** The index of random keys, written in order as the backend does it: row by row it would make the limit a lower one. */
const KEYS_AT = 131_072;
const KEYS =
  'INSERT INTO pixel_keys (key, seq) SELECT event_key, seq FROM pixel_events WHERE seq > ? ORDER BY event_key';

/** Rows per second that SQLite itself takes: the rows are ready, nothing else runs. */
const rawInsert = async (rows) => {
  const folder = temporaryFolder();
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(join(folder.path, 'raw.sqlite'), (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  const exec = (sql) => new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())));
  for (const pragma of pragmas()) await exec(`PRAGMA ${pragma}`);
  for (const statement of tables()) await exec(statement);
  const nextEvent = createEventSource();
  const row = () => {
    const raw = nextEvent();
    const { name, clientId, timestamp } = JSON.parse(raw);
    // As random as the keys that the backend makes of store and id.
    return [randomInt(2 ** 47) * 64, name, clientId, Date.parse(timestamp), raw];
  };
  // `rows` is a whole number of batches, so each statement gets exactly one.
  const batches = Array.from({ length: rows / EVENTS }, () => [
    'backroom-demo.myshopify.com',
    Date.now(),
    ...Array.from({ length: EVENTS }, row).flat(),
  ]);
  const insert = db.prepare(INSERT);
  let keyed = 0;
  const started = performance.now();
  for (let at = 0; at < batches.length; at += CONNECTIONS) {
    await exec('BEGIN IMMEDIATE');
    for (const values of batches.slice(at, at + CONNECTIONS)) {
      await new Promise((resolve, reject) => insert.run(values, (error) => (error ? reject(error) : resolve())));
    }
    await exec('COMMIT');
    const written = Math.min(at + CONNECTIONS, batches.length) * EVENTS;
    if (written - keyed < KEYS_AT) continue;
    await new Promise((resolve, reject) => db.run(KEYS, [keyed], (error) => (error ? reject(error) : resolve())));
    keyed = written;
  }
  const perSecond = rows / ((performance.now() - started) / 1000);
  await new Promise((resolve) => insert.finalize(resolve));
  await new Promise((resolve) => db.close(resolve));
  folder.remove();
  return perSecond;
};

/** Pixel events in batches of 100; the limit writes just as many rows into a new database of the same make. */
export const ingestBatch = async () => {
  const store = await startDemoStore();
  const values = [];
  const limits = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const backend = await startBackend(store);
      const nextEvent = createEventSource();
      const batch = () => `[${Array.from({ length: EVENTS }, nextEvent).join(',')}]`;
      const next = () => ({
        path: `/pixel/v1/events?key=${backend.pixelKey}`,
        headers: 'content-type: text/plain\r\n',
        body: batch(),
      });
      // Compiles the code paths; a few rows only, so that both databases start nearly empty.
      await load({ url: backend.publicUrl, seconds: 0.5, connections: 2, next });
      const before = (await backend.stats()).total.pixel.accepted;
      const { perSecond, answered } = await load({
        url: backend.publicUrl,
        seconds: SECONDS,
        connections: CONNECTIONS,
        next,
      });
      const stored = (await backend.stats()).total.pixel.accepted - before;
      if (stored !== answered * EVENTS)
        throw new Error(`${answered * EVENTS} events were acknowledged, but ${stored} are stored`);
      await backend.stop();
      values.push(perSecond * EVENTS);
      limits.push(await rawInsert(stored));
    }
  } finally {
    await store.stop();
  }
  const value = median(values);
  const limit = median(limits);
  return { name: 'ingest-batch', value, limit, ratio: value / limit, unit: 'events/s' };
};
