import { EntitySchema } from 'typeorm';

/** A connected store. Tokens are sealed by the vault with the shop as owner; `null` once they are known to be dead. */
export interface ShopRecord {
  shop: string;
  /** The shop's name at Shopify. */
  name: string;
  /** What the operator calls it here; null: as Shopify does. */
  label: string | null;
  plan: string | null;
  email: string | null;
  currency: string | null;
  timezone: string | null;
  primaryUrl: string | null;
  state: 'connected' | 'reconnect' | 'uninstalled' | 'disconnected';
  demo: boolean;
  grantType: 'authorization_code' | 'client_credentials' | 'admin_token';
  scopes: string[];
  accessToken: string | null;
  refreshToken: string | null;
  tokenIssuedAt: string | null;
  tokenExpiresAt: string | null;
  refreshTokenExpiresAt: string | null;
  connectedAt: string;
  lastCallAt: string | null;
  webhookTopics: string[];
  problem: { code: string; message: string; hint?: string; at: string } | null;
}

/** Whether the app is gone from the store, for whichever reason: nothing can be called there. */
export const hasLeft = (record: Pick<ShopRecord, 'state'>): boolean =>
  record.state === 'uninstalled' || record.state === 'disconnected';

const text = (name: string) => ({ type: 'text', name }) as const;
const optional = (name: string) => ({ type: 'text', name, nullable: true }) as const;
const json = (name: string, nullable = false) => ({ type: 'simple-json', name, nullable }) as const;

export const ShopEntity = new EntitySchema<ShopRecord>({
  name: 'Shop',
  tableName: 'shops',
  columns: {
    shop: { ...text('shop'), primary: true },
    name: text('name'),
    label: optional('label'),
    plan: optional('plan'),
    email: optional('email'),
    currency: optional('currency'),
    timezone: optional('timezone'),
    primaryUrl: optional('primary_url'),
    state: text('state'),
    demo: { type: 'boolean', name: 'demo' },
    grantType: text('grant_type'),
    scopes: json('scopes'),
    accessToken: optional('access_token'),
    refreshToken: optional('refresh_token'),
    tokenIssuedAt: optional('token_issued_at'),
    tokenExpiresAt: optional('token_expires_at'),
    refreshTokenExpiresAt: optional('refresh_token_expires_at'),
    connectedAt: text('connected_at'),
    lastCallAt: optional('last_call_at'),
    webhookTopics: json('webhook_topics'),
    problem: json('problem', true),
  },
});

/** One attempt to connect. Only hashes of the ticket, the state and the browser's cookie are kept; each works once. */
export interface OAuthStateRecord {
  id: string;
  shop: string;
  ticketHash: string | null;
  stateHash: string | null;
  cookieHash: string | null;
  createdAt: string;
  expiresAt: string;
  startedAt: string | null;
  usedAt: string | null;
  /** When it ended, well or not. */
  finishedAt: string | null;
  problem: ShopRecord['problem'];
}

export const OAuthStateEntity = new EntitySchema<OAuthStateRecord>({
  name: 'OAuthState',
  tableName: 'oauth_states',
  columns: {
    id: { ...text('id'), primary: true },
    shop: text('shop'),
    ticketHash: optional('ticket_hash'),
    stateHash: optional('state_hash'),
    cookieHash: optional('cookie_hash'),
    createdAt: text('created_at'),
    expiresAt: text('expires_at'),
    startedAt: optional('started_at'),
    usedAt: optional('used_at'),
    finishedAt: optional('finished_at'),
    problem: json('problem', true),
  },
});
