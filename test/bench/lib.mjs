import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/lib/run.mjs';

/** What every benchmark shares: children that never outlive it, temporary folders, and the few numbers' functions. */

const cleanups = new Set();

/** Ends every child and removes every temporary folder that is left; safe to call at any time. */
export const cleanUp = () => {
  for (const work of cleanups) work();
  cleanups.clear();
};
process.on('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** @returns {{path: string, remove: () => void}} */
export const temporaryFolder = (parent = tmpdir()) => {
  const path = mkdtempSync(join(parent, 'backroom-bench-'));
  const remove = () => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    cleanups.delete(remove);
  };
  cleanups.add(remove);
  return { path, remove };
};

/**
 * Bundles `test/bench/NAME.ts` as the backend is, inside the project, so that the one native package is found.
 * @returns {Promise<{file: string, remove: () => void}>}
 */
export const bundleProgram = async (name) => {
  const folder = temporaryFolder(join(ROOT, 'node_modules'));
  const file = join(folder.path, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, `test/bench/${name}.ts`)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return { file, remove: folder.remove };
};

/** Runs a program in a process of its own, on a data folder of its own or on the one that is to be kept; answers the JSON that it prints. */
export const runProgram = async (file, args, keep) => {
  const folder = keep === undefined ? temporaryFolder() : { path: keep, remove: () => undefined };
  const child = spawn(process.execPath, [file, folder.path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  folder.remove();
  if (code !== 0) throw new Error(`the process ended with code ${code}`);
  return JSON.parse(text);
};

/** The writer's, read from its source so that a limit can't fall behind it. */
export const pragmas = () => {
  const text = readFileSync(join(ROOT, 'server/platform/db/database.ts'), 'utf8');
  const list = /WRITER_PRAGMAS = \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  const found = [...list.replace(/\/\/.*$/gm, '').matchAll(/'([^']+)'/g)].map((match) => match[1]);
  if (found.length === 0) throw new Error('WRITER_PRAGMAS was not found');
  return found;
};

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The person's own settings must not change what is measured, nor be touched by it. */
const FOREIGN_KEYS = /^(SHOPIFY_|BACKROOM_|NGROK_|DATABASE_URL$|REDIS_URL$|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/;
export const neutralEnvironment = (extra = {}) => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !FOREIGN_KEYS.test(key))),
  ...extra,
});

/**
 * Starts a Node program and waits for its JSON line `{"event":"ready",…}`. `BENCH_NODE_ARGS` is handed to Node, e.g. `--cpu-prof`.
 * @returns {Promise<{ready: Record<string, unknown>, stop: () => Promise<void>}>}
 */
const startNode = (file, args, { env = {}, cwd = ROOT } = {}) =>
  new Promise((resolve, reject) => {
    if (!existsSync(file)) throw new Error(`${file} is not built yet: run \`node scripts/build.mjs\``);
    const child = spawn(process.execPath, [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), file, ...args], {
      cwd,
      env: neutralEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => child.kill('SIGKILL');
    cleanups.add(kill);
    const ended = new Promise((done) => child.once('exit', done));
    const stop = async () => {
      child.kill('SIGTERM');
      const force = setTimeout(kill, 1000);
      await ended;
      clearTimeout(force);
      cleanups.delete(kill);
    };
    const deadline = setTimeout(() => {
      kill();
      reject(new Error(`${file} was not ready within 20 s: ${problem}`));
    }, 20_000);
    let problem = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      problem = (problem + text).slice(-2000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('"event":"ready"')) {
        problem = (problem + line).slice(-2000);
        return;
      }
      clearTimeout(deadline);
      resolve({ ready: JSON.parse(line), stop });
    });
    child.once('error', reject);
    void ended.then((code) => {
      clearTimeout(deadline);
      reject(new Error(`${file} ended with code ${code}: ${problem}`));
    });
  });

/** The limit of both HTTP benchmarks: Fastify that takes the bytes and answers 204. */
export const startBareFastify = async () => {
  const { ready, stop } = await startNode(join(ROOT, 'test/bench/bare-fastify.mjs'), []);
  return { url: ready.url, stop };
};

/** The stand-in store, without traffic of its own. `options` are its command's, without the dashes. */
export const startDemoStore = async (options = {}) => {
  const all = { port: 0, seed: 1, products: 5, orders: 0, customers: 0, traffic: 'off', ...options };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { ready, stop } = await startNode(join(ROOT, 'dist/demo/cli.mjs'), args);
  return { ...ready, stop };
};

/**
 * The headless backend on a new, empty data folder, connected to `store`, its first rows fetched within `waitMs`.
 * `BENCH_SERVER` names another build of it, to compare two. `kept` is a folder that outlives it.
 * @returns {Promise<{publicUrl: string, pixelKey: string, stats: () => Promise<any>, stop: () => Promise<void>}>}
 */
export const startBackend = async (store, kept = null, waitMs = 10_000) => {
  const folder = kept ?? temporaryFolder();
  const key = `br_${randomUUID()}${randomUUID()}`;
  const env = {
    BACKROOM_DATA_DIR: folder.path,
    BACKROOM_PRIVATE_PORT: '0',
    BACKROOM_PUBLIC_PORT: '0',
    BACKROOM_ADMIN_KEY: key,
    BACKROOM_LIMITS: 'off',
    BACKROOM_DEMO: 'off',
    BACKROOM_SHOPIFY_ORIGIN: store.origin,
    SHOPIFY_API_KEY: store.clientId,
    SHOPIFY_API_SECRET: store.clientSecret,
    SHOPIFY_SHOP: store.shop,
    SHOPIFY_ADMIN_TOKEN: store.adminToken,
  };
  const file = process.env.BENCH_SERVER ?? join(ROOT, 'dist/server/index.mjs');
  // The data folder is the current one too: a `.env` of the person's is not read.
  const { ready, stop } = await startNode(file, [], { env, cwd: folder.path });
  const get = async (path) => {
    const answer = await fetch(new URL(path, ready.private), { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const stats = () => get('/api/v1/stats');
  let pixelKey;
  for (let tries = 0; pixelKey === undefined; tries += 1) {
    if (tries > waitMs / 100) throw new Error('the store was not connected in time');
    const { items } = await get('/api/v1/stores');
    const { total } = await stats();
    if (items.length > 0 && total.products >= 5) pixelKey = items[0].pixelKey;
    else await sleep(100);
  }
  return {
    publicUrl: ready.public,
    pixelKey,
    get,
    stats,
    stop: async () => {
      await stop();
      if (kept === null) folder.remove();
    },
  };
};

/**
 * Event bodies like Shopify's, about 700 bytes, each with an id of its own.
 * @returns {() => string}
 */
export const createEventSource = () => {
  const event = {
    id: randomUUID(),
    clientId: 'c0ffee00-1111-4222-8333-444455556666',
    type: 'standard',
    name: 'product_viewed',
    timestamp: new Date().toISOString(),
    seq: 1,
    context: {
      document: {
        location: { href: 'https://shop.example/products/a-mug?utm_source=mail' },
        title: 'A mug',
        referrer: '',
      },
      navigator: { language: 'en', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' },
      window: { innerHeight: 800, innerWidth: 1200 },
    },
    data: {
      productVariant: {
        id: '123',
        title: 'Default',
        sku: 'SKU-1',
        price: { amount: 12.5, currencyCode: 'EUR' },
        product: { id: '1', title: 'A mug', vendor: 'Potter', type: 'Mug', url: '/products/a-mug' },
      },
    },
  };
  const [before, after] = JSON.stringify(event).split(event.id);
  return () => before + randomUUID() + after;
};
