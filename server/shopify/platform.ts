import '@shopify/shopify-api/adapters/node';
import { type ApiVersion, AuthScopes, LogSeverity, type Shopify, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import type { Log } from '../platform/log/log.ts';

/** The app's own identity at Shopify. */
export interface AppCredentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly scopes: readonly string[];
}

/**
 * Where Shopify is. With a stand-in, the path stays and only the origin changes; the shop travels in a header, since one
 * origin serves them all.
 */
export interface ShopifyAddress {
  /** For servers: `https://{shop}/admin/…`, or the same path at the stand-in. */
  url(shop: string, path: string): string;
  headers(shop: string): Record<string, string>;
  readonly standIn: string | null;
}

export const createAddress = (standInOrigin: string | undefined): ShopifyAddress => ({
  standIn: standInOrigin ?? null,
  url: (shop, path) => `${standInOrigin ? new URL(standInOrigin).origin : `https://${shop}`}${path}`,
  headers: (shop) => (standInOrigin ? { 'X-Shopify-Shop-Domain': shop } : {}),
});

/**
 * Points the library's fetch at the stand-in, where there is one. The library builds `https://{shop}/…` itself and offers no
 * other door than this process-wide function.
 */
export const installFetch = (address: ShopifyAddress): void => {
  setAbstractFetchFunc(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(address.headers(url.hostname))) headers.set(name, value);
    const target = address.standIn ? address.url(url.hostname, `${url.pathname}${url.search}`) : input;
    try {
      return await fetch(target, { ...init, ...(address.standIn ? { headers } : {}) });
    } catch (error) {
      throw withReason(error);
    }
  });
};

/** `fetch` says only that it failed, and the library keeps only what it says: the system's code has to be in the message. */
const withReason = (error: unknown): unknown => {
  if (!(error instanceof Error) || !(error.cause instanceof Error)) return error;
  const { code } = error.cause as NodeJS.ErrnoException;
  return code === undefined ? error : new Error(`${error.message} (${code})`, { cause: error.cause });
};

const SEVERITY = {
  [LogSeverity.Error]: 'error',
  [LogSeverity.Warning]: 'warn',
  [LogSeverity.Info]: 'debug',
  [LogSeverity.Debug]: 'trace',
} as const;

/** The library's config is frozen, so a change of credentials or of the public host makes a new instance. */
export const createShopifyApi = (options: {
  credentials: AppCredentials;
  publicUrl: string;
  apiVersion: string;
  log: Log;
}): Shopify => {
  const host = new URL(options.publicUrl);
  return shopifyApi({
    apiKey: options.credentials.apiKey,
    apiSecretKey: options.credentials.apiSecret,
    hostName: host.host,
    hostScheme: host.protocol === 'http:' ? 'http' : 'https',
    apiVersion: options.apiVersion as ApiVersion,
    isEmbeddedApp: false,
    userAgentPrefix: 'Backroom',
    logger: {
      level: LogSeverity.Warning,
      log: async (severity, message) => options.log[SEVERITY[severity]]({ from: 'shopify-api' }, message),
    },
  });
};

/** Scopes the app asks for that were not granted; `write_x` implies `read_x`. */
export const missingScopes = (requested: readonly string[], granted: readonly string[]): string[] => {
  const have = new AuthScopes([...granted]);
  return requested.filter((scope) => !have.has(scope));
};
