/**
 * `node test/chaos/import.mjs [--products 1000] [--orders 5000] [--customers 1000] [--rounds 3] [--keep FOLDER]`: imports a stand-in whole,
 * killing the built backend on the way, and compares every row. With `--keep` the data folder stays.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/lib/run.mjs';
import { runImport } from './run-import.mjs';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '1000' },
    orders: { type: 'string', default: '5000' },
    customers: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    keep: { type: 'string' },
  },
});
const { products, orders, customers } = values;
const size = ['--products', products, '--orders', orders, '--customers', customers];
const store = spawn(
  process.execPath,
  [join(ROOT, 'dist/demo/cli.mjs'), '--port', '0', '--seed', '1', '--traffic', 'off', '--plan', 'enterprise', ...size],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const demo = await new Promise((resolve) => {
  createInterface({ input: store.stdout }).on('line', (line) => {
    if (line.includes('"event":"ready"')) resolve(JSON.parse(line));
  });
});
if (values.keep) mkdirSync(values.keep, { recursive: true, mode: 0o700 });
const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'backroom-import-'));
try {
  const result = await runImport({
    file: join(ROOT, 'dist/server/index.mjs'),
    dataDir,
    demo,
    roots: Number(products) + Number(orders) + Number(customers),
    rounds: Number(values.rounds),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`ok: ${JSON.stringify(result)}\n`);
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  store.kill('SIGTERM');
  if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
}
