/** `npm run demo-store -- --port 0 --seed 1 --products N --orders N --customers N [--traffic on|off] [--retry-scale X] [--plan standard|advanced|plus|enterprise] [--bucket POINTS] [--restore-rate POINTS] [--redirect-url URL]… [--app-url URL] [--compliance-url URL]` */
import { parseArgs } from 'node:util';
import { MAX_SEEDED_ROWS } from './data/seeded-order.ts';
import type { DemoStoreOptions } from './options.ts';
import { isPlanName, throttleOfPlan } from './shop/throttle.ts';
import { startDemoStore } from './store.ts';

const wholeNumber = (name: string, value: string | undefined, fallback: number): number => {
  if (value === undefined) return fallback;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} must be a whole number, not "${value}"`);
  if (Number(value) > MAX_SEEDED_ROWS && name !== 'seed')
    throw new Error(`--${name} can be ${MAX_SEEDED_ROWS} at most`);
  return Number(value);
};

const address = (name: string, value: string | undefined): string | undefined => {
  if (value !== undefined && !URL.canParse(value)) throw new Error(`--${name} must be an address, not "${value}"`);
  return value;
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
      plan: { type: 'string', default: 'standard' },
      'app-url': { type: 'string' },
      'compliance-url': { type: 'string' },
      bucket: { type: 'string' },
      'restore-rate': { type: 'string' },
      'redirect-url': { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.traffic !== 'on' && values.traffic !== 'off')
    throw new Error(`--traffic must be on or off, not "${values.traffic}"`);
  const retryScale = Number(values['retry-scale']);
  if (!(retryScale > 0)) throw new Error('--retry-scale must be a positive number');
  if (!isPlanName(values.plan))
    throw new Error(`--plan must be standard, advanced, plus or enterprise, not "${values.plan}"`);
  const limits = throttleOfPlan(values.plan);
  const appUrl = address('app-url', values['app-url']);
  const complianceUri = address('compliance-url', values['compliance-url']);
  return {
    port: wholeNumber('port', values.port, 0),
    seed: wholeNumber('seed', values.seed, 1),
    products: wholeNumber('products', values.products, 120),
    orders: wholeNumber('orders', values.orders, 200),
    customers: wholeNumber('customers', values.customers, 100),
    traffic: values.traffic === 'on',
    retryScale,
    throttle: {
      maximum: wholeNumber('bucket', values.bucket, limits.maximum),
      restoreRate: wholeNumber('restore-rate', values['restore-rate'], limits.restoreRate),
    },
    redirectUrls: values['redirect-url'],
    ...(appUrl ? { appUrl } : {}),
    ...(complianceUri ? { complianceUri } : {}),
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
