import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';

import {
  readPixelSearch,
  readPrivacySearch,
  readStoreSearch,
  readTaskSearch,
  readWebhookSearch,
} from './lib/search-params.ts';
import { readRecordSearch } from './records/record-search.ts';
import { NotFound } from './shell/not-found.tsx';
import { RouteError } from './shell/route-error.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, errorComponent: RouteError, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/overview/overview-page.tsx'), 'OverviewPage'),
});
const stores = createRoute({
  getParentRoute: () => root,
  path: '/stores',
  validateSearch: readStoreSearch,
  component: lazyRouteComponent(() => import('./routes/stores/stores-page.tsx'), 'StoresPage'),
});
const products = createRoute({
  getParentRoute: () => root,
  path: '/products',
  validateSearch: readRecordSearch('products'),
  component: lazyRouteComponent(() => import('./routes/products/products-page.tsx'), 'ProductsPage'),
});
const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: readRecordSearch('orders'),
  component: lazyRouteComponent(() => import('./routes/orders/orders-page.tsx'), 'OrdersPage'),
});
const transactions = createRoute({
  getParentRoute: () => root,
  path: '/transactions',
  validateSearch: readRecordSearch('transactions'),
  component: lazyRouteComponent(() => import('./routes/transactions/transactions-page.tsx'), 'TransactionsPage'),
});
const customers = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: readRecordSearch('customers'),
  component: lazyRouteComponent(() => import('./routes/customers/customers-page.tsx'), 'CustomersPage'),
});
const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/webhooks',
  validateSearch: readWebhookSearch,
  component: lazyRouteComponent(() => import('./routes/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
});
const pixel = createRoute({
  getParentRoute: () => root,
  path: '/pixel',
  validateSearch: readPixelSearch,
  component: lazyRouteComponent(() => import('./routes/pixel/pixel-page.tsx'), 'PixelPage'),
});
const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  validateSearch: readPrivacySearch,
  component: lazyRouteComponent(() => import('./routes/privacy/privacy-page.tsx'), 'PrivacyPage'),
});
const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: lazyRouteComponent(() => import('./routes/tasks/tasks-page.tsx'), 'TasksPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./routes/settings/settings-page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    stores,
    products,
    orders,
    transactions,
    customers,
    webhooks,
    pixel,
    privacy,
    tasks,
    settings,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  defaultPendingMs: 300,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
