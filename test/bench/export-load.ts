import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportPages } from '../../server/features/resources/browse/export.ts';
import { exportWriter } from '../../server/features/resources/browse/export-format.ts';
import { createBrowse } from '../../server/features/resources/browse/service.ts';
import { migrations } from '../../server/migrations.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { openDatabase } from '../../server/platform/db/database.ts';
import { COLUMNS } from '../../shared/browse/columns.ts';
import { fillStore } from './store-rows.ts';

/** Writes all orders of a store to a file as the export does; then reads the same columns and writes the same bytes, and nothing else. */
const [dataDir = '', count = '100000'] = process.argv.slice(2);
const orders = Number(count);
const ROUNDS = 3;

const db = await openDatabase({ dataDir, entities: [], migrations });
await fillStore(db, orders);
const browse = createBrowse(db, systemClock);
const path = join(dataDir, 'bench-export.csv');
const signal = new AbortController().signal;

const writeExport = async (): Promise<string[]> => {
  const { head, line } = exportWriter('orders', Object.keys(COLUMNS.orders), 'csv');
  const chunks: string[] = [];
  const text = async function* () {
    yield head;
    for await (const rows of exportPages(browse.orders.list, { order: 'desc' }, { signal, wrote: () => undefined })) {
      const chunk = rows.map(line).join('');
      chunks.push(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.from(text()), createWriteStream(path));
  return chunks;
};

const RAW = `SELECT pk, id, shop, name, processed_at, customer_name, financial_status, fulfillment_status, items, total, refunded, outstanding,
  discounts, email, gateways, discount_codes, country_code, source_name, return_status, tags, test, cancelled_at, updated_at, currency
  FROM orders WHERE (processed_at, pk) < (?, ?) ORDER BY processed_at DESC, pk DESC LIMIT 1000`;
const writeRaw = async (chunks: readonly string[]): Promise<void> => {
  const bytes = async function* () {
    let last: { processed_at: string; pk: number } = { processed_at: '~', pk: 0 };
    for (const chunk of chunks) {
      const rows = await db.read<typeof last>(RAW, [last.processed_at, last.pk]);
      last = rows.at(-1) ?? last;
      yield chunk;
    }
  };
  await pipeline(Readable.from(bytes()), createWriteStream(path));
};

const best = { export: Number.POSITIVE_INFINITY, raw: Number.POSITIVE_INFINITY };
for (let round = 0; round < ROUNDS; round += 1) {
  const from = performance.now();
  const chunks = await writeExport();
  const between = performance.now();
  await writeRaw(chunks);
  best.export = Math.min(best.export, between - from);
  best.raw = Math.min(best.raw, performance.now() - between);
}
await rm(path);
await db.close();
process.stdout.write(
  JSON.stringify({ perSecond: orders / (best.export / 1000), rawPerSecond: orders / (best.raw / 1000) }),
);
