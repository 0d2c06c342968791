import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from './backend-process.mjs';
import { createRandom } from './deliveries.mjs';
import { read } from './import-check.mjs';
import { sendAll } from './send-all.mjs';

const NAMES = ['page_viewed', 'collection_viewed', 'product_viewed', 'page_viewed', 'newsletter_joined'];
const EVENTS_A_SESSION = 10;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const DATA = {
  collection_viewed: { collection: { id: '1', title: 'Gifts' } },
  product_viewed: {
    productVariant: { id: '1', price: { amount: 12.5, currencyCode: 'EUR' }, product: { id: '2', title: 'Mug' } },
  },
};
const eventOf = (seed, serial) => {
  const name = NAMES[serial % NAMES.length];
  return {
    id: `chaos-${seed}-${serial}`,
    clientId: `client-${seed}-${Math.floor(serial / EVENTS_A_SESSION)}`,
    name,
    type: DATA[name] || name === 'page_viewed' ? 'standard' : 'custom',
    timestamp: new Date().toISOString(),
    context: { document: { location: { href: `https://shop.example/products/mug-${serial % 50}` } } },
    data: DATA[name] ?? {},
  };
};

/** Resident memory of a process, in MB; null where the system does not say. */
const memoryOf = (pid) => {
  try {
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1024);
  } catch {
    // No such system, or the process has just been killed.
    return null;
  }
};

/** By the clock, with pauses between the bursts. */
export const byTime = ({ seconds, killEverySeconds }) => {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let nextKill = killEverySeconds;
  return {
    isOver: () => elapsed() >= seconds,
    isKillDue: () => {
      if (elapsed() < nextKill) return false;
      nextKill += killEverySeconds;
      return true;
    },
    pause: (random) => sleep(50 + random() * 1450),
  };
};

/** By the number of bursts, one right after the other. */
export const byCount = ({ bursts, killEvery }) => {
  let sent = 0;
  return {
    isOver: () => sent >= bursts,
    isKillDue: () => {
      sent += 1;
      return sent % killEvery === 0;
    },
    pause: () => Promise.resolve(),
  };
};

/**
 * Sends bursts of events until the pace is over and kills the backend when the pace says so, in the middle of a burst. As the extension does, what got
 * no 204 is sent again, with the same ids. Then every event must be there exactly once, in the list, in the totals, in the rollups and in the
 * sessions. @throws Error that says what is not as it should be
 */
export const runPixelChaos = async ({ file, demo, pace, seed, log = () => undefined }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'backroom-pixel-chaos-'));
  const keys = { admin: 'chaos-admin-key-0123456789', master: Buffer.alloc(32, 7).toString('base64') };
  const random = createRandom(seed);
  const between = (least, most) => least + Math.floor(random() * (most - least + 1));
  let backend = await startBackend({ file, dataDir, demo, keys });
  const pixelKey = async () => {
    for (let tries = 0; tries < 300; tries += 1) {
      const key = (await backend.get('/stores')).items[0]?.pixelKey;
      if (key) return key;
      await sleep(50);
    }
    throw new Error('the store was not connected');
  };
  const key = await pixelKey();
  const acknowledged = new Set();
  const counts = { sent: 0, acknowledged: 0, again: 0, kills: 0, requests: 0, unexpected: 0 };
  const lives = [];
  let mostBehind = 0;
  let serial = 0;
  let again = [];

  const makeBurst = () => {
    const batches = again;
    again = [];
    for (let wanted = between(40, 400); wanted > 0; wanted -= 1) {
      const events = Array.from({ length: random() < 0.5 ? 1 : between(2, 25) }, () => {
        serial += 1;
        return eventOf(seed, serial - 1);
      });
      counts.sent += events.length;
      batches.push(events);
    }
    return batches;
  };

  /** Sends all; kills the backend when `killAt` of them are on their way. */
  const send = (batches, killAt) =>
    sendAll({
      url: `${backend.publicUrl}/pixel/v1/events?key=${key}`,
      items: batches,
      requestFor: (events) => {
        const body = JSON.stringify(events);
        return {
          body,
          headers: { 'content-type': 'text/plain;charset=UTF-8', 'content-length': Buffer.byteLength(body) },
        };
      },
      killAt,
      kill: () => backend.kill(),
      onAnswer: (events, status) => {
        counts.requests += 1;
        if (status === 204) {
          for (const { id } of events) acknowledged.add(id);
        } else {
          if (status !== null) counts.unexpected += 1;
          counts.again += 1;
          again.push(events);
        }
      },
    });

  try {
    let life = [];
    while (!pace.isOver()) {
      const batches = makeBurst();
      const isDue = pace.isKillDue();
      life.push(memoryOf(backend.pid));
      if (await send(batches, isDue ? between(0, batches.length - 1) : -1)) {
        counts.kills += 1;
        const stored = new Set((await read(dataDir, `SELECT raw->>'id' AS id FROM pixel_events`)).map(({ id }) => id));
        const gone = [...acknowledged].filter((id) => !stored.has(id));
        if (gone.length > 0) throw new Error(`${gone.length} acknowledged events are gone, e.g. ${gone[0]}`);
        const [{ behind }] = await read(
          dataDir,
          'SELECT coalesce((SELECT max(seq) FROM pixel_events), 0) - (SELECT seq FROM pixel_analysis) AS behind',
        );
        mostBehind = Math.max(mostBehind, behind);
        lives.push(life.filter((each) => each !== null));
        life = [];
        backend = await startBackend({ file, dataDir, demo, keys });
        log(
          `kill ${counts.kills}: ${acknowledged.size} events acknowledged and all there, ${behind} not analysed yet, memory ${lives.at(-1)?.at(-1)} MB`,
        );
      }
      await pace.pause(random);
    }
    for (let rounds = 0; again.length > 0; rounds += 1) {
      if (rounds > 20) throw new Error(`${again.length} batches are never taken`);
      await send(again.splice(0), -1);
    }
    lives.push(life.filter((each) => each !== null));
    counts.acknowledged = acknowledged.size;
    if (counts.unexpected > 0) throw new Error(`${counts.unexpected} requests got another answer than 204`);
    const loadEnd = performance.now();
    const { waiting } = await backend.get('/pixel/health?period=day');
    await check({ backend, dataDir, acknowledged, sent: counts.sent, sessions: Math.ceil(serial / EVENTS_A_SESSION) });
    const { duplicates } = (await backend.get('/stats')).total.pixel;
    return {
      ...counts,
      duplicates,
      caughtUp: { mostBehind, events: waiting, seconds: Math.round((performance.now() - loadEnd) / 1000) },
      memoryMb: lives.map((each) => ({ first: each[0], last: each.at(-1), most: Math.max(...each) })),
    };
  } finally {
    await backend.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

const check = async ({ backend, dataDir, acknowledged, sent, sessions }) => {
  // However far behind the analysis is after the load: it must go on.
  let least = Number.POSITIVE_INFINITY;
  for (let idle = 0; ; idle += 1) {
    const { waiting } = await backend.get('/pixel/health?period=day');
    if (waiting === 0) break;
    if (waiting < least) idle = 0;
    least = Math.min(least, waiting);
    if (idle > 600) throw new Error(`${waiting} events still wait to be analysed`);
    await sleep(50);
  }
  const rows = await read(dataDir, `SELECT raw->>'id' AS id FROM pixel_events`);
  const ids = new Set(rows.map(({ id }) => id));
  if (ids.size !== rows.length) throw new Error(`${rows.length - ids.size} events are stored twice`);
  if (rows.length !== sent || acknowledged.size !== sent)
    throw new Error(`${rows.length} events are stored and ${acknowledged.size} acknowledged of ${sent}`);
  const { total } = await backend.get('/stats');
  if (total.pixel.accepted !== sent || total.pixel.quarantined !== 0)
    throw new Error(`the totals say ${JSON.stringify(total.pixel)} for ${sent} events`);
  for (const grain of [60, 3600, 86_400]) {
    const [{ n }] = await read(
      dataDir,
      `SELECT sum(events) AS n FROM pixel_rollups WHERE outcome = 'accepted' AND grain = ${grain}`,
    );
    if (n !== sent) throw new Error(`the counts by ${grain} s add up to ${n} instead of ${sent}`);
  }
  const [visits] = await read(
    dataDir,
    'SELECT count(DISTINCT client_id) AS clients, count(*) AS n, sum(events) AS events FROM pixel_sessions',
  );
  if (visits.clients !== sessions || visits.events !== sent)
    throw new Error(
      `the sessions hold ${visits.events} events of ${visits.clients} clients, not ${sent} of ${sessions}`,
    );
  const [funnel] = await read(dataDir, 'SELECT sum(sessions) AS n FROM pixel_funnel WHERE grain = 86400');
  if (funnel.n !== visits.n) throw new Error(`the funnel counts ${funnel.n} sessions instead of ${visits.n}`);
  const [{ integrity_check: integrity }] = await read(dataDir, 'PRAGMA integrity_check');
  if (integrity !== 'ok') throw new Error(`the database is damaged: ${integrity}`);
};
