import { get } from 'node:http';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';

/** A row here as the stand-in words it in `/_demo/truth`; see demo/shop/truth.ts. */
const LINES = {
  products: `SELECT pk || '|' || substr(updated_at, 1, 19) || 'Z|' || title || '|' || status || '|' || vendor || '|' || variants_count || '|' || total_inventory AS line FROM products`,
  variants: `SELECT pk || '|' || product_pk || '|' || coalesce(sku, '') || '|' || price || '|' || inventory_quantity AS line FROM product_variants`,
  orders: `SELECT o.pk || '|' || substr(updated_at, 1, 19) || 'Z|' || name || '|' || financial_status || '|' || fulfillment_status || '|' || total || '|' ||
    (SELECT count(*) FROM order_lines l WHERE l.order_pk = o.pk) || '|' || (SELECT count(*) FROM transactions t WHERE t.order_pk = o.pk) AS line FROM orders o`,
  line_items: `SELECT pk || '|' || order_pk || '|' || coalesce(sku, '') || '|' || quantity || '|' || unit_price AS line FROM order_lines`,
  transactions: `SELECT pk || '|' || order_pk || '|' || kind || '|' || status || '|' || amount AS line FROM transactions`,
  customers: `SELECT pk || '|' || substr(updated_at, 1, 19) || 'Z|' || coalesce(email, '') || '|' || orders_count || '|' || amount_spent AS line FROM customers`,
};

const createChecksum = () => {
  let low = 0;
  let high = 0;
  return {
    add: (line) => {
      let first = 0x811c9dc5;
      let second = 0x01000193;
      for (let at = 0; at < line.length; at += 1) {
        const code = line.charCodeAt(at);
        first = Math.imul(first ^ code, 0x01000193);
        second = Math.imul(second ^ code, 0x85ebca6b);
      }
      low = (low + (first >>> 0)) >>> 0;
      high = (high + (second >>> 0)) >>> 0;
    },
    hex: () => `${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`,
  };
};

const open = (dataDir) => new sqlite3.Database(join(dataDir, 'backroom.sqlite'), sqlite3.OPEN_READONLY);

/** @returns {Promise<any[]>} */
export const read = (dataDir, sql) =>
  new Promise((resolve, reject) => {
    const db = open(dataDir);
    db.configure('busyTimeout', 5000);
    db.all(sql, (error, rows) => db.close(() => (error ? reject(error) : resolve(rows))));
  });

/** Count and checksum of every kind of row here. */
const countedHere = async (dataDir) => {
  const found = {};
  for (const [kind, sql] of Object.entries(LINES)) {
    const sum = createChecksum();
    const db = open(dataDir);
    const count = await new Promise((resolve, reject) => {
      db.each(
        sql,
        (error, row) => (error ? reject(error) : sum.add(row.line)),
        (error, rows) => (error ? reject(error) : resolve(rows)),
      );
    });
    await new Promise((resolve) => db.close(resolve));
    found[kind] = { count, checksum: sum.hex() };
  }
  return found;
};

/** Without the five minutes that `fetch` waits at most: reckoning the truth of a large store takes longer. */
const getJson = (url) =>
  new Promise((resolve, reject) => {
    get(url, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve(JSON.parse(text)));
    }).on('error', reject);
  });

/** @throws Error that names each kind of which count or checksum differ from the stand-in's */
export const compareWithTruth = async (dataDir, demo) => {
  const here = await countedHere(dataDir);
  const wrong = [];
  for (const [kind, ours] of Object.entries(here)) {
    const answer = await getJson(`${demo.origin}/_demo/truth?shop=${demo.shop}&resource=${kind}`);
    const theirs = answer[kind];
    if (theirs.count !== ours.count || theirs.checksum !== ours.checksum)
      wrong.push(`${kind}: ${ours.count} ${ours.checksum} here, ${theirs.count} ${theirs.checksum} at the store`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return here;
};
