/** The stand-in store in a worker thread: `workerData` is its options, its first message the ready object. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { startDemoStore } from './store.ts';

const WorkerOptions = z
  .object({
    port: z.number().int(),
    seed: z.number().int(),
    products: z.number().int(),
    orders: z.number().int(),
    customers: z.number().int(),
    traffic: z.union([
      z.boolean(),
      z
        .object({
          productEveryMs: z.number(),
          tradeEveryMs: z.number(),
          pixelEveryMs: z.number(),
          invalidEvents: z.boolean(),
          forgedWebhooks: z.boolean(),
        })
        .partial(),
    ]),
    redirectUrls: z.array(z.string()),
    appUrl: z.url(),
    complianceUri: z.url(),
    epoch: z.number().int(),
    throttle: z.object({ maximum: z.number().positive(), restoreRate: z.number().positive() }),
    retryScale: z.number().positive(),
    tokenLifetimeSeconds: z.number().int().positive(),
  })
  .partial();

const port = parentPort;
if (!port) throw new Error('demo/worker runs in a worker thread; demo/cli is the command');

/** zod writes absent keys of a partial object as undefined; the options take them as absent. */
const present = <T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const parsed = WorkerOptions.safeParse(workerData ?? {});
// A plain Error: zod's own loses its message on the way to the other thread.
if (!parsed.success) throw new Error(`demo store: ${z.prettifyError(parsed.error)}`);
const { traffic, ...options } = parsed.data;
// What goes wrong here ends the thread, and reaches its owner as the worker's `error` event.
const DAY = 86_400_000;
const store = await startDemoStore({
  // The demo's last orders are of today, and stay the same for the whole day, whatever the number of restarts.
  epoch: Math.floor(Date.now() / DAY) * DAY,
  ...present(options),
  traffic: typeof traffic === 'object' ? present(traffic) : (traffic ?? false),
});

const close = async (): Promise<void> => {
  await store.close();
  port.postMessage({ event: 'closed' });
  port.close();
};
port.on('message', (message: unknown) => {
  if (message === 'close') void close();
});
port.postMessage(store.ready);
