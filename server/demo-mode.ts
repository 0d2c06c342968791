import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const Ready = z.object({
  event: z.literal('ready'),
  origin: z.string(),
  shop: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  adminToken: z.string(),
});

/** The built-in stand-in store, in a thread of its own: it shares no state with the backend and is reached over HTTP like Shopify. */
export interface DemoStore extends z.output<typeof Ready> {
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 20_000;

export const startDemoStore = (file: URL): Promise<DemoStore> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { port: 0, seed: 1, traffic: true } });
    const timer = setTimeout(() => {
      void worker.terminate();
      reject(new Error('the demo store did not start in time'));
    }, START_TIMEOUT_MS);
    const exited = new Promise<void>((done) => worker.once('exit', () => done()));
    worker.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    worker.on('message', (message: unknown) => {
      const ready = Ready.safeParse(message);
      if (!ready.success) return;
      clearTimeout(timer);
      resolve({
        ...ready.data,
        close: async () => {
          worker.postMessage('close');
          await exited;
        },
      });
    });
  });
