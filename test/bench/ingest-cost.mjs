import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { createEventSource, median, startBackend, startDemoStore, temporaryFolder } from './lib.mjs';
import { load } from './load.mjs';

const ROUNDS = 3;
const SECONDS = 4;
const EVENTS = 100;
const CONNECTIONS = 16;
const MILLION = 1_000_000;
/** Rows in one transaction while the database is filled. */
const PART = 250_000;
const DAY_MS = 86_400_000;

/** Events of the last 60 days, as if they had been received and analysed, with the minutes and hours that they were counted in. */
const fill = async (file, rows) => {
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(opened)));
  });
  const exec = (sql) => new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())));
  const get = (sql) =>
    new Promise((resolve, reject) => db.get(sql, (error, row) => (error ? reject(error) : resolve(row))));
  const event = createEventSource()();
  const { id, name, clientId } = JSON.parse(event);
  const [before, after] = event.split(id).map((text) => `'${text.replaceAll("'", "''")}'`);
  const { shop } = await get('SELECT shop FROM shops');
  const now = Date.now();
  await exec(`PRAGMA synchronous=OFF; PRAGMA cache_size=-262144`);
  for (let done = 0; done < rows; done += PART) {
    await exec(`BEGIN; WITH RECURSIVE n(i) AS (VALUES (${done}) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${Math.min(done + PART, rows)})
      INSERT INTO pixel_events (event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT random() & 9007199254740991, '${shop}', '${name}', '${clientId}', at, at + 40, ${before} || lower(hex(randomblob(18))) || ${after}
      FROM (SELECT ${now - 60 * DAY_MS} + CAST(i * ${(60 * DAY_MS) / rows} AS INTEGER) AS at FROM n); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  }
  for (const [grain, days] of [
    [60, 2],
    [3600, 60],
    [86_400, 60],
  ])
    await exec(`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${(days * 86_400) / grain})
      INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms)
      SELECT '${shop}', ${grain}, (${Math.floor(now / 1000)} / ${grain} - i) * ${grain}, '${name}', 'accepted', '', 100, 4000 FROM n`);
  await exec(`UPDATE pixel_analysis SET seq = (SELECT max(seq) FROM pixel_events)`);
  // In order, as the backend merges them; all at once.
  await exec(`INSERT INTO pixel_keys (key, seq) SELECT event_key, seq FROM pixel_events WHERE seq > (SELECT seq FROM pixel_key_marks) ORDER BY event_key;
    UPDATE pixel_key_marks SET seq = (SELECT max(seq) FROM pixel_events)`);
  await exec('PRAGMA wal_checkpoint(TRUNCATE)');
  await new Promise((resolve) => db.close(resolve));
};

/** Microseconds an event, in batches of 100, by how many are stored already. */
export const ingestCost = async ({ full = false } = {}) => {
  const sizes = full ? [0, MILLION, 10 * MILLION] : [0, MILLION];
  const store = await startDemoStore();
  const nextEvent = createEventSource();
  const folders = sizes.map(() => temporaryFolder());
  const costs = sizes.map(() => []);
  try {
    for (const [index, rows] of sizes.entries()) {
      const backend = await startBackend(store, folders[index]);
      await backend.stop();
      if (rows > 0) await fill(join(folders[index].path, 'backroom.sqlite'), rows);
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const index of sizes.keys()) {
        const backend = await startBackend(store, folders[index]);
        const next = () => ({
          path: `/pixel/v1/events?key=${backend.pixelKey}`,
          headers: 'content-type: text/plain\r\n',
          body: `[${Array.from({ length: EVENTS }, nextEvent).join(',')}]`,
        });
        // What a start reads from disk once is not the cost of an event.
        await load({ url: backend.publicUrl, seconds: 1, connections: 4, next });
        const { perSecond } = await load({ url: backend.publicUrl, seconds: SECONDS, connections: CONNECTIONS, next });
        costs[index].push(1_000_000 / (perSecond * EVENTS));
        await backend.stop();
      }
    }
  } finally {
    for (const folder of folders) folder.remove();
    await store.stop();
  }
  const values = costs.map(median);
  const [limit] = values;
  const value = Math.max(...values.slice(1));
  const bySize = Object.fromEntries(sizes.map((rows, index) => [`stored${rows / MILLION}M`, values[index]]));
  return { name: 'ingest-cost', value, limit, ratio: value / limit, unit: 'us/event', ...bySize };
};
