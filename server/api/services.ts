import type { z } from 'zod';
import type * as api from '../../shared/api.ts';

type In<T extends z.ZodType> = z.output<T>;
type Out<T extends z.ZodType> = Promise<z.output<T>>;

/** What the procedures call. Each is built in `app.ts`; tests may hand in their own. */
export interface Services {
  readonly system: { status(): Out<typeof api.SystemStatus> };
  readonly stores: {
    list(): Promise<api.Store[]>;
    beginConnect(input: In<typeof api.BeginConnectInput>): Out<typeof api.BeginConnectOutput>;
    sync(shop: string): Promise<void>;
    repair(shop: string): Promise<api.Store>;
  };
  readonly products: {
    list(input: In<typeof api.ProductListInput>): Out<typeof api.ProductPage>;
    get(id: string): Promise<api.ProductDetail>;
  };
  readonly webhooks: {
    list(input: In<typeof api.WebhookListInput>): Out<typeof api.WebhookPage>;
    get(id: string): Out<typeof api.WebhookDetail>;
    summary(): Out<typeof api.WebhookSummary>;
  };
  readonly pixel: {
    list(input: In<typeof api.PixelListInput>): Out<typeof api.PixelPage>;
    get(id: string): Out<typeof api.PixelDetail>;
    summary(): Out<typeof api.PixelSummary>;
  };
  readonly settings: {
    credentials(): Out<typeof api.Credentials>;
    saveCredentials(input: In<typeof api.SaveCredentialsInput>): Out<typeof api.Credentials>;
    importCredentials(input: In<typeof api.ImportCredentialsInput>): Out<typeof api.ImportCredentialsOutput>;
  };
  readonly stats: { all(): Out<typeof api.Stats> };
}
