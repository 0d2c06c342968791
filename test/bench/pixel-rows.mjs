import sqlite3 from 'sqlite3';
import { createEventSource } from './lib.mjs';

/** Rows in one transaction while the database is filled. */
const PART = 250_000;
const DAY_MS = 86_400_000;
/** Events are spread over so many days; what is older would be removed by retention soon. */
const DAYS = 60;
const GRAINS = [
  [60, 2],
  [3600, DAYS],
  [86_400, DAYS],
];

export const openForFilling = async (file) => {
  const db = await new Promise((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(opened)));
  });
  const exec = (sql) => new Promise((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())));
  // What is made here can be made again.
  await exec('PRAGMA synchronous=OFF; PRAGMA cache_size=-262144');
  return {
    exec,
    get: (sql) => new Promise((resolve, reject) => db.get(sql, (error, row) => (error ? reject(error) : resolve(row)))),
    close: async () => {
      await exec('PRAGMA wal_checkpoint(TRUNCATE)');
      await new Promise((resolve) => db.close(resolve));
    },
  };
};

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Events of the last 60 days, as if they had been received and analysed, with the minutes and hours that they were counted in. */
export const fillEvents = async ({ exec, get }, rows) => {
  const event = createEventSource()();
  const { id, name, clientId } = JSON.parse(event);
  const [before, after] = event.split(id).map(quoted);
  const { shop } = await get('SELECT shop FROM shops');
  const now = Date.now();
  for (let done = 0; done < rows; done += PART) {
    await exec(`BEGIN; WITH RECURSIVE n(i) AS (VALUES (${done}) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${Math.min(done + PART, rows)})
      INSERT INTO pixel_events (event_key, shop, name, client_id, occurred_at, received_at, raw)
      SELECT random() & 9007199254740991, '${shop}', '${name}', '${clientId}', at, at + 40, ${before} || lower(hex(randomblob(18))) || ${after}
      FROM (SELECT ${now - DAYS * DAY_MS} + CAST(i * ${(DAYS * DAY_MS) / rows} AS INTEGER) AS at FROM n); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  }
  for (const [grain, days] of GRAINS)
    await exec(`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${(days * 86_400) / grain})
      INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms)
      SELECT '${shop}', ${grain}, (${Math.floor(now / 1000)} / ${grain} - i) * ${grain}, '${name}', 'accepted', '', 100, 4000 FROM n`);
  await exec(`UPDATE pixel_analysis SET seq = (SELECT max(seq) FROM pixel_events)`);
  // In order, as the backend merges them; all at once.
  await exec(`INSERT INTO pixel_keys (key, seq) SELECT event_key, seq FROM pixel_events WHERE seq > (SELECT seq FROM pixel_key_marks) ORDER BY event_key;
    UPDATE pixel_key_marks SET seq = (SELECT max(seq) FROM pixel_events)`);
};

/** Event names of a busy store; each has its counts by minute, hour and day. */
const NAMES = [
  'page_viewed',
  'collection_viewed',
  'search_submitted',
  'product_added_to_cart',
  'product_removed_from_cart',
  'cart_viewed',
  'checkout_started',
  'checkout_contact_info_submitted',
  'checkout_address_info_submitted',
  'checkout_shipping_info_submitted',
  'payment_info_submitted',
  'checkout_completed',
  'newsletter_joined',
  'size_guide_opened',
];
const EVENTS_A_SESSION = 10;
/** As many as are kept of a day. */
const LABELS = 300;

/**
 * What the screens read besides the events themselves, as much of it as so many events leave behind: sessions (one in 40 paid), the
 * funnel that they add up to, products, searches and sources, counts by name, and a quarantine of 20,000.
 */
export const fillDerived = async ({ exec, get }, events) => {
  const { shop } = await get('SELECT shop FROM shops');
  const now = Date.now();
  const sessions = Math.ceil(events / EVENTS_A_SESSION);
  await exec('BEGIN');
  await exec(`WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${sessions})
    INSERT INTO pixel_sessions (shop, client_id, started_at, last_at, steps, events, source, landing, checkout_token, order_id, completed_at, path)
    SELECT '${shop}', 'client-' || i, at, at + 240000, CASE WHEN i % 40 = 0 THEN 15 WHEN i % 20 = 0 THEN 7 WHEN i % 8 = 0 THEN 3 WHEN i % 3 = 0 THEN 0 ELSE 1 END,
      ${EVENTS_A_SESSION}, CASE i % 3 WHEN 0 THEN 'direct' WHEN 1 THEN 'google.com' ELSE 'instagram.com' END, '/products/mug-' || (i % 50),
      CASE WHEN i % 20 = 0 THEN lower(hex(randomblob(16))) END, CASE WHEN i % 40 = 0 THEN CAST(5000000000000 + i AS TEXT) END,
      CASE WHEN i % 40 = 0 THEN at + 240000 END,
      (SELECT json_group_array(json_object('t', at / 1000 + value * 24, 'n', 'product_viewed', 'p', '/products/mug-' || ((i + value) % 50))) FROM json_each('[0,1,2,3,4,5,6,7,8,9]'))
    FROM (SELECT i, ${now - DAYS * DAY_MS} + CAST(i * ${(DAYS * DAY_MS - 300_000) / sessions} AS INTEGER) AS at FROM n)`);
  for (const grain of [3600, 86_400])
    await exec(`INSERT INTO pixel_funnel (shop, grain, at, sessions, viewed, added, started, paid)
      SELECT shop, ${grain}, started_at / 1000 / ${grain} * ${grain}, count(*), sum(steps & 1), sum(steps & 2 <> 0), sum(steps & 4 <> 0), sum(steps & 8 <> 0)
      FROM pixel_sessions GROUP BY 1, 2, 3`);
  await exec(`WITH RECURSIVE d(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM d WHERE i < ${DAYS}), l(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM l WHERE k < ${LABELS})
    INSERT INTO pixel_tops (shop, at, kind, label, seen, added, paid)
    SELECT '${shop}', (${Math.floor(now / 1000)} / 86400 - i) * 86400, kind.value, kind.value || ' ' || k, 1000 - k, 400 - k, 300 - k FROM d, l, json_each('["product","search","source"]') AS kind`);
  for (const [grain, days] of GRAINS)
    await exec(`WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${(days * 86_400) / grain})
      INSERT INTO pixel_rollups (shop, grain, at, name, outcome, version, events, lag_ms)
      SELECT '${shop}', ${grain}, (${Math.floor(now / 1000)} / ${grain} - i) * ${grain}, name.value, outcome.value, version.value, 100, 4000
      FROM n, json_each('${JSON.stringify(NAMES)}') AS name, json_each('["accepted","duplicate","quarantined"]') AS outcome, json_each('["1.0.0",""]') AS version`);
  await exec(`WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 20000)
    INSERT INTO pixel_quarantine (shop, event_id, name, version, reason, received_at, raw)
    SELECT '${shop}', 'q-' || i, 'newsletter_joined', '1.0.0', 'customData.field' || (i % 40) || ': must be number', ${now - DAY_MS} + i * 1000,
      '{"id":"q","name":"newsletter_joined","customData":{"plan":"weekly","filler":"' || hex(randomblob(300)) || '"}}' FROM n`);
  await exec('COMMIT');
};
