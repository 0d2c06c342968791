import type { Shopify } from '@shopify/shopify-api';
import type { DemoStore } from '../demo-mode.ts';
import { splitScopes } from '../features/settings/read-credentials.ts';
import {
  type CredentialSettings,
  createCredentialSettings,
  DEFAULT_SCOPES,
  loadSavedCredentials,
} from '../features/settings/service.ts';
import {
  type AppCredentials,
  createAddress,
  createShopifyApi,
  installFetch,
  type ShopifyAddress,
} from '../shopify/platform.ts';
import type { Foundation } from './foundation.ts';

/** Which Shopify there is (the real one, a stand-in that was named, or the built-in demo), and who the app is there. */
export interface ShopifyApp {
  readonly demo: DemoStore | null;
  readonly address: ShopifyAddress;
  readonly settings: CredentialSettings;
  /** The library's instance for the credentials as they are now. */
  current(): { credentials: AppCredentials; api: Shopify };
}

type FixedCredentials = { source: 'environment' | 'demo'; credentials: AppCredentials } | null;

const startDemoIfWanted = async ({ options, config, db, onClose }: Foundation): Promise<DemoStore | null> => {
  const hasCredentials =
    config.SHOPIFY_API_KEY !== undefined ||
    config.SHOPIFY_ADMIN_TOKEN !== undefined ||
    ((await loadSavedCredentials(db))?.sealedSecret ?? null) !== null;
  if (config.BACKROOM_DEMO !== 'on' && (config.BACKROOM_DEMO !== 'auto' || hasCredentials)) return null;
  const demo = await options.startDemo();
  onClose(() => demo.close());
  return demo;
};

export const composeShopifyApp = async (foundation: Foundation): Promise<ShopifyApp> => {
  const { options, config, log, ids, db, vault, clock, bus, redactor, publicAddress } = foundation;
  const demo = await startDemoIfWanted(foundation);
  const address = createAddress(demo?.origin ?? config.BACKROOM_SHOPIFY_ORIGIN);
  installFetch(address);

  const scopes = config.SHOPIFY_SCOPES === undefined ? DEFAULT_SCOPES : splitScopes(config.SHOPIFY_SCOPES);
  const fixed = (): FixedCredentials => {
    if (demo)
      return {
        source: 'demo',
        credentials: { apiKey: demo.clientId, apiSecret: demo.clientSecret, scopes: DEFAULT_SCOPES },
      };
    if (config.SHOPIFY_API_KEY === undefined || config.SHOPIFY_API_SECRET === undefined) return null;
    return {
      source: 'environment',
      credentials: { apiKey: config.SHOPIFY_API_KEY, apiSecret: config.SHOPIFY_API_SECRET, scopes },
    };
  };

  let api: { for: AppCredentials; url: string; instance: Shopify } | null = null;
  const settings = await createCredentialSettings({
    db,
    vault,
    clock,
    bus,
    redactor,
    publicUrl: publicAddress.url,
    isLocal: () => publicAddress.url() === publicAddress.local(),
    apiVersion: config.SHOPIFY_API_VERSION,
    fixed: fixed(),
    onChange: (leavesDemo) => {
      api = null;
      if (leavesDemo) options.onRestartNeeded();
    },
  });
  /** A store connected by a pasted token needs no app credentials to call the Admin API; the library wants some all the same. */
  const TOKEN_ONLY: AppCredentials = { apiKey: 'custom-app', apiSecret: ids.secret(32), scopes };
  return {
    demo,
    address,
    settings,
    current: () => {
      const credentials = settings.current() ?? TOKEN_ONLY;
      const url = publicAddress.url();
      if (api?.for.apiKey !== credentials.apiKey || api.for.apiSecret !== credentials.apiSecret || api.url !== url) {
        api = {
          for: credentials,
          url,
          instance: createShopifyApi({
            credentials,
            publicUrl: url,
            apiVersion: config.SHOPIFY_API_VERSION,
            log,
          }),
        };
      }
      return { credentials, api: api.instance };
    },
  };
};
