import { backupsRouter } from './routers/backups.ts';
import { pixelRouter } from './routers/pixel.ts';
import { privacyRouter } from './routers/privacy.ts';
import {
  browseRouter,
  customersRouter,
  ordersRouter,
  productsRouter,
  recordsRouter,
  transactionsRouter,
} from './routers/records.ts';
import { settingsRouter } from './routers/settings.ts';
import { storesRouter } from './routers/stores.ts';
import { systemRouter } from './routers/system.ts';
import { tasksRouter } from './routers/tasks.ts';
import { tunnelRouter } from './routers/tunnel.ts';
import { webhooksRouter } from './routers/webhooks.ts';
import { router } from './trpc.ts';

/** One line an area. */
export const appRouter = router({
  system: systemRouter,
  backups: backupsRouter,
  stores: storesRouter,
  products: productsRouter,
  orders: ordersRouter,
  transactions: transactionsRouter,
  customers: customersRouter,
  records: recordsRouter,
  browse: browseRouter,
  webhooks: webhooksRouter,
  pixel: pixelRouter,
  privacy: privacyRouter,
  tasks: tasksRouter,
  settings: settingsRouter,
  tunnel: tunnelRouter,
});
export type AppRouter = typeof appRouter;
