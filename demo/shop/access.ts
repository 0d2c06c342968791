import type { Random } from '../data/random.ts';
import { compressScopes, DEFAULT_SCOPES } from './scopes.ts';
import type { DemoShop } from './shop.ts';
import { isOlder, readToken, type TokenClaims, type TokenKind, writeToken } from './tokens.ts';

/** Shopify's answer at `/admin/oauth/access_token`. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly scope: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
}

export interface AccessGrant {
  readonly shop: DemoShop;
  readonly scopes: readonly string[];
}

interface AuthorizationCode {
  readonly shop: DemoShop;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** How strict the stand-in is about access; changed while it runs. */
export interface AccessRules {
  /** Answers tokens that never expire with 403, as Shopify does for new public apps. The ready line's token is a custom app's, and stays. */
  refuseNonExpiring: boolean;
  /** Client credentials only where the app is installed already. */
  credentialsNeedInstall: boolean;
  /** Redirects to this computer are allowed although nobody listed them. */
  loopbackRedirects: boolean;
  /** Asks the merchant to log in before the install page, and takes this long. */
  slowLoginMs: number;
}

/** Why no client credentials are given. */
export type CredentialsRefusal = 'shop_not_permitted' | 'app_not_installed';

/** The app's identity, and every token and code the stand-in gives out. */
export interface Access {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first shop's token that never expires. */
  readonly adminToken: string;
  readonly rules: AccessRules;
  verify(token: string): AccessGrant | 'non-expiring' | null;
  issueCode(shop: DemoShop, scopes: readonly string[]): string;
  /** Null when the code is unknown, used, or older than a minute. */
  redeemCode(code: string, shop: DemoShop | null, expiring: boolean): TokenAnswer | null;
  shopOfCode(code: string): DemoShop | null;
  /** Null when the refresh token is dead. */
  refresh(token: string, shop: DemoShop | null): TokenAnswer | null;
  clientCredentials(shop: DemoShop): TokenAnswer | CredentialsRefusal;
  /** An expiring token for one that is not; the old one is dead then. Null when it is no such token. */
  migrate(token: string, shop: DemoShop | null): TokenAnswer | null;
  uninstall(shop: DemoShop): void;
}

const CODE_LIFETIME_MS = 60_000;
const MAX_CODES = 1000;
const REFRESH_LIFETIME_S = 7_776_000;
const CLIENT_LIFETIME_S = 86_399;

export const createAccess = (options: {
  shops: readonly DemoShop[];
  /** Same for the same seed, so that saved credentials stay right. */
  seeded: Random;
  random: Random;
  now: () => number;
  tokenLifetimeSeconds: number;
}): Access => {
  const { shops, now } = options;
  const clientId = options.seeded.hex(32);
  const clientSecret = `shpss_${options.seeded.hex(32)}`;
  const rules: AccessRules = {
    refuseNonExpiring: false,
    credentialsNeedInstall: false,
    loopbackRedirects: true,
    slowLoginMs: 0,
  };
  const migrated = new Set<string>();
  const codes = new Map<string, AuthorizationCode>();
  let sequence = options.random.int(0, 30_000);

  const claim = (kind: TokenKind, shop: DemoShop, scopes: readonly string[]): TokenClaims => {
    sequence = (sequence + 1) % 65_536;
    return { kind, shop: shop.index, scopes, issuedAt: Math.floor(now() / 1000), sequence };
  };
  const lifetimeOf = (kind: TokenKind): number => {
    if (kind === 'static') return Number.POSITIVE_INFINITY;
    if (kind === 'refresh') return REFRESH_LIFETIME_S;
    return kind === 'client' ? CLIENT_LIFETIME_S : options.tokenLifetimeSeconds;
  };
  const read = (token: string): { claims: TokenClaims; shop: DemoShop } | null => {
    const claims = migrated.has(token) ? null : readToken(clientSecret, token);
    const shop = claims ? shops[claims.shop] : undefined;
    if (!claims || !shop) return null;
    if (shop.uninstalledAt && !isOlder(shop.uninstalledAt, claims)) return null;
    if (now() / 1000 - claims.issuedAt >= lifetimeOf(claims.kind)) return null;
    return { claims, shop };
  };
  const issueOffline = (shop: DemoShop, scopes: readonly string[]): TokenAnswer => {
    const offline = claim('offline', shop, scopes);
    const refresh = claim('refresh', shop, scopes);
    shop.newestOffline = offline;
    shop.newestRefresh = refresh;
    return {
      access_token: writeToken(clientSecret, offline),
      scope: compressScopes(scopes).join(','),
      expires_in: options.tokenLifetimeSeconds,
      refresh_token: writeToken(clientSecret, refresh),
      refresh_token_expires_in: REFRESH_LIFETIME_S,
    };
  };
  const staticToken = (shop: DemoShop, scopes: readonly string[], issuedAt: number): string =>
    writeToken(clientSecret, { kind: 'static', shop: shop.index, scopes, issuedAt, sequence: 0 });

  const [main] = shops;
  if (!main) throw new Error('the stand-in needs a shop');

  return {
    clientId,
    clientSecret,
    rules,
    // Issued at no time in particular, so that it is the same at every start.
    adminToken: staticToken(main, DEFAULT_SCOPES, 0),
    verify: (token) => {
      const found = read(token);
      if (!found || found.claims.kind === 'refresh') return null;
      const { claims, shop } = found;
      if (rules.refuseNonExpiring && claims.kind === 'static' && claims.issuedAt !== 0) return 'non-expiring';
      if (claims.kind === 'offline' && shop.newestOffline && isOlder(claims, shop.newestOffline)) return null;
      // A token from before a restart of the stand-in: the app is installed, although nothing here remembers it.
      shop.isInstalled = true;
      return { shop, scopes: claims.scopes };
    },
    issueCode: (shop, scopes) => {
      const code = options.random.hex(32);
      codes.set(code, { shop, scopes, expiresAt: now() + CODE_LIFETIME_MS });
      const oldest = codes.keys().next().value;
      if (codes.size > MAX_CODES && oldest !== undefined) codes.delete(oldest);
      return code;
    },
    shopOfCode: (code) => codes.get(code)?.shop ?? null,
    redeemCode: (code, shop, expiring) => {
      const found = codes.get(code);
      codes.delete(code);
      if (!found || found.expiresAt < now() || (shop && shop !== found.shop)) return null;
      found.shop.isInstalled = true;
      if (expiring) return issueOffline(found.shop, found.scopes);
      return {
        access_token: writeToken(clientSecret, claim('static', found.shop, found.scopes)),
        scope: compressScopes(found.scopes).join(','),
      };
    },
    refresh: (token, shop) => {
      const found = read(token);
      if (found?.claims.kind !== 'refresh' || (shop && shop !== found.shop)) return null;
      if (found.shop.newestRefresh && isOlder(found.claims, found.shop.newestRefresh)) return null;
      return issueOffline(found.shop, found.claims.scopes);
    },
    clientCredentials: (shop) => {
      if (!shop.profile.isOfOwnOrganization) return 'shop_not_permitted';
      if (rules.credentialsNeedInstall && !shop.isInstalled) return 'app_not_installed';
      shop.isInstalled = true;
      const claims = claim('client', shop, DEFAULT_SCOPES);
      return {
        access_token: writeToken(clientSecret, claims),
        scope: compressScopes(DEFAULT_SCOPES).join(','),
        expires_in: CLIENT_LIFETIME_S,
      };
    },
    migrate: (token, shop) => {
      const found = read(token);
      if (found?.claims.kind !== 'static' || (shop && shop !== found.shop)) return null;
      migrated.add(token);
      return issueOffline(found.shop, found.claims.scopes);
    },
    uninstall: (shop) => {
      shop.isInstalled = false;
      shop.uninstalledAt = claim('offline', shop, []);
      shop.subscriptions.clear();
      shop.pixel = null;
    },
  };
};
