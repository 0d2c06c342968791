/** The stand-in store in a worker thread: `workerData` is its options, its first message the ready object or what went wrong. */
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
          pixelEveryMs: z.number(),
          invalidEvents: z.boolean(),
          forgedWebhooks: z.boolean(),
        })
        .partial(),
    ]),
    redirectUrls: z.array(z.string()),
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

const start = async (): Promise<void> => {
  const { traffic, ...options } = WorkerOptions.parse(workerData ?? {});
  const store = await startDemoStore({
    ...present(options),
    traffic: typeof traffic === 'object' ? present(traffic) : (traffic ?? false),
  });
  port.on('message', (message: unknown) => {
    if (message !== 'close') return;
    store.close().then(
      () => {
        port.postMessage({ event: 'closed' });
        port.close();
      },
      (error: unknown) => {
        port.postMessage({ event: 'failed', message: error instanceof Error ? error.message : String(error) });
        port.close();
      },
    );
  });
  port.postMessage(store.ready);
};

start().catch((error: unknown) => {
  port.postMessage({ event: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
});
