/** `npm run bench -- NAME [--json] [--full]`: one benchmark, its limit measured in the same run. Loopback only, under two minutes each. */
import { parseArgs } from 'node:util';
import { say } from './lib/run.mjs';

// Floor and aim are of section 12 of the design; `atLeast` tells whether more or less is better.
const BENCHMARKS = {
  'ingest-single': {
    what: 'pixel events, one durable event a request / bare Fastify POST',
    goals: { ratio: { floor: 0.33, aim: 0.6, atLeast: true } },
    load: async () => (await import('../test/bench/http.mjs')).ingestSingle,
  },
  'ingest-batch': {
    what: 'pixel events in batches of 100 / raw SQLite batch insert of the same rows',
    goals: { ratio: { floor: 0.6, aim: 0.9, atLeast: true } },
    load: async () => (await import('../test/bench/batch.mjs')).ingestBatch,
  },
  'ingest-cost': {
    what: 'cost of a pixel event with a million stored / with none (`--full`: also with 10 million, which takes minutes)',
    goals: { ratio: { floor: 1.3, aim: 1.1, atLeast: false } },
    load: async () => (await import('../test/bench/ingest-cost.mjs')).ingestCost,
  },
  webhook: {
    what: 'signed webhook receipts (HMAC, inbox, 200) / bare Fastify POST',
    goals: { ratio: { floor: 0.27, aim: 0.5, atLeast: true } },
    load: async () => (await import('../test/bench/http.mjs')).webhook,
  },
  'webhook-latency': {
    what: 'p99 of receipt at 300 webhooks/s while 100,000 products are fetched, beside the same load on a bare server',
    goals: { value: { floor: 50, aim: 20, atLeast: false } },
    load: async () => (await import('../test/bench/webhook-latency.mjs')).webhookLatency,
  },
  'api-budget': {
    what: 'points spent while paging through products / points that the stand-in had to give',
    goals: { ratio: { floor: 0.95, aim: 0.99, atLeast: true } },
    load: async () => (await import('../test/bench/api-budget.mjs')).apiBudget,
  },
  queue: {
    what: 'background tasks added, run and done / raw SQLite insert, update and delete of the same rows',
    goals: { ratio: { floor: 0.2, aim: 0.5, atLeast: true } },
    load: async () => (await import('../test/bench/queue.mjs')).queue,
  },
  import: {
    what: 'first import of --rows orders (50,000) from their bulk file / raw SQLite insert of the same rows, indexes and search texts',
    goals: { ratio: { floor: 0.5, aim: 0.8, atLeast: true } },
    load: async () => (await import('../test/bench/import.mjs')).importRows,
  },
  reconcile: {
    what: '100,000 changed products reconciled by updated_at / raw SQLite insert of the same rows and indexes',
    goals: { ratio: { floor: 0.3, aim: 0.6, atLeast: true } },
    load: async () => (await import('../test/bench/reconcile.mjs')).reconcile,
  },
  browse: {
    what: 'p95 of pages, sorts, filters and searches with --rows orders (100,000) / with 10,000',
    goals: { ratio: { floor: 3, aim: 1.5, atLeast: false } },
    load: async () => (await import('../test/bench/browse.mjs')).browse,
  },
  export: {
    what: 'rows exported as CSV / reading the same columns and writing the same bytes',
    goals: { ratio: { floor: 0.3, aim: 0.5, atLeast: true } },
    load: async () => (await import('../test/bench/browse.mjs')).exportRows,
  },
  'first-window': {
    what: 'from start to the first painted window / hello-world Electron window',
    goals: { ratio: { floor: 1.6, aim: 1.3, atLeast: false }, memoryRatio: { floor: 1.7, aim: 1.4, atLeast: false } },
    load: async () => (await import('../test/bench/first-window.mjs')).firstWindow,
  },
};
const LABELS = { ratio: 'ratio', value: 'p99', memoryRatio: 'memory ratio' };

const rounded = (result) =>
  Object.fromEntries(
    Object.entries(result).map(([key, value]) => [
      key,
      typeof value === 'number' ? Number(value.toPrecision(5)) : value,
    ]),
  );

const verdict = (value, { floor, aim, atLeast }) => {
  const reaches = (goal) => (atLeast ? value >= goal : value <= goal);
  const words = reaches(aim) ? 'aim reached' : reaches(floor) ? 'floor reached' : 'FLOOR MISSED';
  return `${value.toFixed(2)} (${atLeast ? 'at least' : 'at most'} ${floor}, aim ${aim}: ${words})`;
};

const main = async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      rows: { type: 'string' },
    },
  });
  const [name] = positionals;
  const benchmark = Object.hasOwn(BENCHMARKS, name ?? '') ? BENCHMARKS[name] : null;
  if (benchmark === null || positionals.length !== 1) {
    const list = Object.entries(BENCHMARKS).map(([each, { what }]) => `  ${each.padEnd(16)} ${what}`);
    throw new Error(`Usage: npm run bench -- NAME [--json] [--full] [--rows N]\n${list.join('\n')}`);
  }
  const rows = values.rows === undefined ? {} : { rows: Number(values.rows) };
  const result = rounded(await (await benchmark.load())({ full: values.full, ...rows }));
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const show = (value) => value.toLocaleString('en', { maximumSignificantDigits: 4 });
  const goals = Object.entries(benchmark.goals).map(([key, goal]) => `${LABELS[key]} ${verdict(result[key], goal)}`);
  process.stdout.write(
    `${name}: ${show(result.value)} ${result.unit}, limit ${show(result.limit)} ${result.unit}; ${goals.join('; ')}\n`,
  );
};

try {
  await main();
  process.exit(0);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
