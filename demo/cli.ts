/** `npm run demo-store -- --port 0 --seed 1 --products N --orders N --customers N [--traffic on|off] [--retry-scale X] [--bucket POINTS] [--restore-rate POINTS] [--redirect-url URL]…` */
import { parseArgs } from 'node:util';
import type { DemoStoreOptions } from './options.ts';
import { startDemoStore } from './store.ts';

const wholeNumber = (name: string, value: string | undefined, fallback: number): number => {
  if (value === undefined) return fallback;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} must be a whole number, not "${value}"`);
  return Number(value);
};

const readOptions = (): DemoStoreOptions => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      products: { type: 'string' },
      orders: { type: 'string' },
      customers: { type: 'string' },
      traffic: { type: 'string', default: 'off' },
      'retry-scale': { type: 'string', default: '1' },
      bucket: { type: 'string' },
      'restore-rate': { type: 'string' },
      'redirect-url': { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.traffic !== 'on' && values.traffic !== 'off')
    throw new Error(`--traffic must be on or off, not "${values.traffic}"`);
  const retryScale = Number(values['retry-scale']);
  if (!(retryScale > 0)) throw new Error('--retry-scale must be a positive number');
  return {
    port: wholeNumber('port', values.port, 0),
    seed: wholeNumber('seed', values.seed, 1),
    products: wholeNumber('products', values.products, 120),
    orders: wholeNumber('orders', values.orders, 200),
    customers: wholeNumber('customers', values.customers, 100),
    traffic: values.traffic === 'on',
    retryScale,
    throttle: {
      maximum: wholeNumber('bucket', values.bucket, 2000),
      restoreRate: wholeNumber('restore-rate', values['restore-rate'], 100),
    },
    redirectUrls: values['redirect-url'],
  };
};

const main = async (): Promise<void> => {
  const store = await startDemoStore(readOptions());
  let isClosing = false;
  const close = (): void => {
    if (isClosing) return;
    isClosing = true;
    store.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  // Last: whoever reads this may send a signal at once.
  process.stdout.write(`${JSON.stringify(store.ready)}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`demo store: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
