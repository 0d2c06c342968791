import type { BackupsApi } from './services/backups.ts';
import type { PixelApi } from './services/pixel.ts';
import type { PrivacyApi } from './services/privacy.ts';
import type {
  BrowseApi,
  CustomersApi,
  OrdersApi,
  ProductsApi,
  RecordsApi,
  TransactionsApi,
} from './services/records.ts';
import type { SettingsApi } from './services/settings.ts';
import type { StoresApi } from './services/stores.ts';
import type { StatsApi, SystemApi } from './services/system.ts';
import type { TasksApi } from './services/tasks.ts';
import type { TunnelApi } from './services/tunnel.ts';
import type { WebhooksApi } from './services/webhooks.ts';

/** What the procedures call, one line an area; the interfaces stand in `services/`. Each is built in `server/compose`; tests may hand in their own. */
export interface Services {
  readonly system: SystemApi;
  readonly backups: BackupsApi;
  readonly stores: StoresApi;
  readonly products: ProductsApi;
  readonly orders: OrdersApi;
  readonly transactions: TransactionsApi;
  readonly customers: CustomersApi;
  readonly records: RecordsApi;
  readonly browse: BrowseApi;
  readonly webhooks: WebhooksApi;
  readonly pixel: PixelApi;
  readonly privacy: PrivacyApi;
  readonly tasks: TasksApi;
  readonly settings: SettingsApi;
  readonly tunnel: TunnelApi;
  readonly stats: StatsApi;
}
