import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from './backend-process.mjs';
import { planDeliveries, requestOf } from './deliveries.mjs';
import { read } from './import-check.mjs';
import { sendAll } from './send-all.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Kills the backend `rounds` times at random points while `count` deliveries come, some twice and out of order; like Shopify, what got no
 * 200 is sent again later. Then compares. @throws Error that says what is not as it should be
 */
export const runChaos = async ({ file, demo, rounds, count, seed, log = () => undefined }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-chaos-'));
  const keys = { admin: 'chaos-admin-key-0123456789', master: Buffer.alloc(32, 7).toString('base64') };
  const { all, truth, random } = planDeliveries({ count, products: Math.ceil(count / 8), duplicates: 0.1, seed });
  let backend = await startBackend({ file, dataDir, demo, keys });
  const waitForStore = async () => {
    for (let tries = 0; tries < 300; tries += 1) {
      const { items } = await backend.get('/stores');
      if (items.length > 0) return;
      await sleep(50);
    }
    throw new Error('the store was not connected');
  };
  await waitForStore();
  // The products of this test are not the stand-in's own: a sync would compare ids and rightly take them for deleted.
  const faults = await fetch(`${demo.origin}/_demo/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clear: true, next: [{ kind: '502', times: 100_000 }] }),
  });
  if (!faults.ok) throw new Error(`the stand-in took no faults (${faults.status})`);
  const queue = [...all];
  const acknowledged = new Set();
  const everAnswered = { ok: 0, lost: 0, kills: 0 };
  try {
    const share = Math.ceil(all.length / (rounds + 1));
    while (queue.length > 0) {
      const isLast = everAnswered.kills >= rounds;
      const batch = queue.splice(0, isLast ? queue.length : share);
      const failed = [];
      const isKilled = await sendAll({
        url: `${backend.publicUrl}/webhooks`,
        items: batch,
        requestFor: (delivery) => requestOf(delivery, demo),
        killAt: isLast ? -1 : Math.floor(random() * batch.length * 0.9),
        kill: () => backend.kill(),
        onAnswer: (delivery, status) => {
          if (status === 200) {
            acknowledged.add(delivery.webhookId);
            everAnswered.ok += 1;
          } else {
            failed.push(delivery);
            everAnswered.lost += 1;
          }
        },
      });
      if (isKilled) {
        everAnswered.kills += 1;
        const known = await read(dataDir, 'SELECT webhook_id AS id FROM webhook_deliveries');
        const stored = new Set(known.map(({ id }) => id));
        const gone = [...acknowledged].filter((id) => !stored.has(id));
        if (gone.length > 0) throw new Error(`${gone.length} acknowledged deliveries are gone, e.g. ${gone[0]}`);
        backend = await startBackend({ file, dataDir, demo, keys });
        log(
          `round ${everAnswered.kills}/${rounds}: ${acknowledged.size} acknowledged, ${failed.length} to be sent again`,
        );
      }
      queue.unshift(...failed);
    }
    for (let tries = 0; ; tries += 1) {
      const [{ n }] = await read(
        dataDir,
        `SELECT count(*) AS n FROM webhook_deliveries WHERE state IN ('received', 'failed')`,
      );
      if (n === 0) break;
      if (tries > 1200) throw new Error(`${n} deliveries still wait`);
      await sleep(50);
    }
    await check({ dataDir, acknowledged, truth, count });
    const { total } = await backend.get('/stats');
    const { received, processed, dead } = total.webhooks;
    if (received !== count || processed !== count || dead !== 0)
      throw new Error(`the totals say ${JSON.stringify(total.webhooks)} for ${count} deliveries`);
    return { ...everAnswered, deliveries: count, sent: all.length, duplicates: total.webhooks.duplicates };
  } finally {
    await backend.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const check = async ({ dataDir, acknowledged, truth, count }) => {
  const rows = await read(
    dataDir,
    'SELECT webhook_id AS id, state, attempts FROM webhook_deliveries WHERE webhook_id IS NOT NULL',
  );
  const ids = rows.map(({ id }) => id);
  const stored = new Set(ids);
  if (stored.size !== ids.length) throw new Error('a delivery is stored twice');
  if (ids.length !== count) throw new Error(`${ids.length} deliveries are stored instead of ${count}`);
  const missing = [...acknowledged].filter((id) => !stored.has(id));
  if (missing.length > 0) throw new Error(`${missing.length} acknowledged deliveries are missing`);
  // One attempt: what was processed before a kill is not processed again after it, and what was not left no trace.
  const odd = rows.find(({ state, attempts }) => state !== 'processed' || attempts !== 1);
  if (odd) throw new Error(`a delivery is ${odd.state} after ${odd.attempts} attempts: ${odd.id}`);
  const products = await read(dataDir, `SELECT id, title FROM products WHERE vendor = 'Chaos'`);
  if (products.length !== truth.size) throw new Error(`${products.length} products instead of ${truth.size}`);
  for (const { id, title } of products) {
    const number = Number(id.split('/').at(-1));
    if (title !== `Product ${number} version ${truth.get(number)}`) throw new Error(`${title} is not the newest state`);
  }
  const [{ integrity_check: integrity }] = await read(dataDir, 'PRAGMA integrity_check');
  if (integrity !== 'ok') throw new Error(`the database is damaged: ${integrity}`);
};
