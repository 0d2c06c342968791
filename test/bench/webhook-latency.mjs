import { connect } from 'node:net';
import { productWebhooks } from './http.mjs';
import { sleep, startBackend, startBareFastify, startDemoStore } from './lib.mjs';

const RATE = 300;
const SECONDS = 20;
const BARE_SECONDS = 10;
const CONNECTIONS = 32;
/** As many records as the import brings; each is a row of its own, and its variants are others. */
const PRODUCTS = 100_000;

/** One kept connection; `post` resolves with the status of the answer. */
const openConnection = async (url) => {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let answer = '';
  let waiting = null;
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    answer += chunk;
    const head = answer.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(answer.slice(0, head))?.[1] ?? 0);
    if (answer.length < head + 4 + length) return;
    const status = Number(answer.slice(9, 12));
    answer = '';
    waiting?.resolve(status);
  });
  for (const event of ['error', 'close']) socket.on(event, () => waiting?.reject(new Error('the connection ended')));
  return {
    post: ({ path, headers, body }) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }),
    end: () => socket.destroy(),
  };
};

/**
 * Posts at fixed times, however long the answers take: each wait counts from the time at which the request was due, so one slow answer
 * can't hide those behind it.
 */
const waitsAt = async (url, seconds, next) => {
  const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(url)));
  const all = [...idle];
  const due = [];
  const waits = [];
  const running = new Set();
  const started = performance.now();
  const total = RATE * seconds;
  const send = async (connection, at) => {
    const status = await connection.post(next());
    if (status < 200 || status > 299) throw new Error(`an answer was ${status}`);
    waits.push(performance.now() - at);
    idle.push(connection);
  };
  for (let sent = 0; sent < total || due.length > 0 || running.size > 0; ) {
    const now = performance.now();
    for (; sent < total && started + (sent * 1000) / RATE <= now; sent += 1) due.push(started + (sent * 1000) / RATE);
    while (due.length > 0 && idle.length > 0) {
      const run = send(idle.pop(), due.shift()).finally(() => running.delete(run));
      running.add(run);
    }
    await Promise.race([sleep(1), ...running]);
  }
  for (const connection of all) connection.end();
  return waits.sort((left, right) => left - right);
};

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

/** p99 of receipt while a store's first import runs; beside it, the same posts to a server that does nothing, on the same machine. */
export const webhookLatency = async () => {
  const store = await startDemoStore({ products: PRODUCTS });
  const bare = await startBareFastify();
  const next = productWebhooks(store);
  try {
    await waitsAt(bare.url, 1, next);
    const limits = await waitsAt(bare.url, BARE_SECONDS, next);
    const backend = await startBackend(store, null, 240_000);
    const before = (await backend.stats()).total;
    const waits = await waitsAt(backend.publicUrl, SECONDS, next);
    const after = (await backend.stats()).total;
    const received = after.webhooks.received - before.webhooks.received;
    if (received !== waits.length) throw new Error(`${waits.length} were acknowledged, but ${received} are stored`);
    await backend.stop();
    const value = percentile(waits, 0.99);
    const limit = percentile(limits, 0.99);
    return {
      name: 'webhook-latency',
      value,
      limit,
      ratio: value / limit,
      unit: 'ms',
      median: percentile(waits, 0.5),
      slowest: waits.at(-1),
      bareSlowest: limits.at(-1),
      products: after.products,
      importedMeanwhile: after.products - before.products,
    };
  } finally {
    await Promise.all([bare.stop(), store.stop()]);
  }
};
