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

/**
 * Read from the sources, so that the limit can't fall behind them: the rows with a unique index of their keys, as the plain way to store each event once. (The
 * backend keeps the newest keys in memory and merges many at a time, see `seen-keys.ts`; a limit that did so too would be about a third higher.)
 */
const source = (path) => readFileSync(join(ROOT, path), 'utf8');
const tableAndIndexes = () => {
  const whole = source('server/migrations/1795478700000-pixel.ts');
  // What follows is the way back to the older table.
  const text = whole.slice(0, whole.indexOf('const UP'));
  const statements = [
    ...text.matchAll(/`(CREATE TABLE pixel_events \([^`]*)`|'(CREATE (?:UNIQUE )?INDEX \w+ ON pixel_events[^']*)'/g),
  ];
  if (statements.length < 2) throw new Error('the table pixel_events was not found');
  return statements.map((match) => match[1] ?? match[2]);
};

/**
 * Several rows of bound values, as one writes such an insert: `json_each` takes about twice as long and would flatter the ratio. (The form that the backend
 * packs rows into costs SQLite a tenth less, but JavaScript more; see `packed-events.ts`.) What is the same for all rows is bound once.
 */
const INSERT = `INSERT OR IGNORE INTO pixel_events (shop, received_at, event_key, name, client_id, occurred_at, raw)
VALUES ${Array.from({ length: EVENTS }, (_, row) => `(?1,?2,${[3, 4, 5, 6, 7].map((at) => `?${at + row * 5}`).join(',')})`).join(',')}`;

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
  for (const statement of tableAndIndexes()) await exec(statement);
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
  const started = performance.now();
  for (let at = 0; at < batches.length; at += CONNECTIONS) {
    await exec('BEGIN IMMEDIATE');
    for (const values of batches.slice(at, at + CONNECTIONS)) {
      await new Promise((resolve, reject) => insert.run(values, (error) => (error ? reject(error) : resolve())));
    }
    await exec('COMMIT');
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
