import { join } from 'node:path';
import { createEventSource, median, startBackend, startDemoStore, temporaryFolder } from './lib.mjs';
import { load } from './load.mjs';
import { fillEvents, openForFilling } from './pixel-rows.mjs';

const ROUNDS = 3;
const SECONDS = 4;
const EVENTS = 100;
const CONNECTIONS = 16;
const MILLION = 1_000_000;

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
      if (rows === 0) continue;
      const file = await openForFilling(join(folders[index].path, 'backroom.sqlite'));
      await fillEvents(file, rows);
      await file.close();
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
