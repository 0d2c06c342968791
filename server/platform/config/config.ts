import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { TunnelDomain } from '../../../shared/api/tunnel.ts';
import { API_VERSION } from '../../../shared/api-version.ts';
import { ShopDomain } from '../../../shared/shop-domain.ts';
import { tlsProblem } from '../tls.ts';

const Port = z.coerce.number().int().min(0).max(65_535);
const Bytes = z.coerce
  .number()
  .int()
  .min(1024)
  .max(64 * 1024 * 1024);
const Rate = z.coerce.number().int().min(1).max(10_000_000);
/** An erasure has 30 days by law; some of them may be for looking at it first. */
const Hours = z.coerce
  .number()
  .int()
  .min(0)
  .max(20 * 24);
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const HttpOrigin = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http(s) address');
const LoopbackOrigin = HttpOrigin.refine((text) => URL.canParse(text) && LOOPBACK.has(new URL(text).hostname), {
  message: 'is for a stand-in store on this computer only: 127.0.0.1, localhost or [::1]',
});
const notYet = (what: string) =>
  z.string().refine(() => false, `${what} is not part of this version; remove it to use the built-in SQLite database`);

/** What an API key may do beyond the usual; `personal`: see people unmasked, and export them. */
const KeyScope = z.enum(['personal']);

/** Several values in one: keys, scopes. */
export const splitKeys = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** Every setting that may come from the environment or `.env`, with its default. Documented in docs/configuration.md, which a test compares. */
export const EnvironmentSchema = z.object({
  BACKROOM_DATA_DIR: z.string().min(1).optional(),
  BACKROOM_MASTER_KEY: z
    .string()
    .refine(
      (text) => Buffer.from(text, 'base64').length === 32,
      'must be 32 bytes in base64, e.g. from `openssl rand -base64 32`',
    )
    .optional(),
  BACKROOM_MASTER_KEY_PREVIOUS: z
    .string()
    .refine(
      (text) => splitKeys(text).every((key) => Buffer.from(key, 'base64').length === 32),
      'must be keys of 32 bytes in base64, the newest first, separated by commas',
    )
    .optional(),
  BACKROOM_ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  BACKROOM_ADMIN_KEY_SCOPES: z.string().default('').transform(splitKeys).pipe(z.array(KeyScope)),
  BACKROOM_PRIVATE_PORT: Port.default(7700),
  BACKROOM_PUBLIC_PORT: Port.optional(),
  BACKROOM_PUBLIC_URL: HttpOrigin.optional(),
  BACKROOM_SHOPIFY_ORIGIN: LoopbackOrigin.optional(),
  BACKROOM_DEMO: z.enum(['auto', 'on', 'off']).default('off'),
  BACKROOM_PRINT_LOGIN: z.enum(['0', '1']).default('0'),
  BACKROOM_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  BACKROOM_LIMITS: z.enum(['on', 'off']).default('on'),
  BACKROOM_LIMITS_WEBHOOK_BODY_BYTES: Bytes.default(4 * 1024 * 1024),
  BACKROOM_LIMITS_PIXEL_BODY_BYTES: Bytes.default(256 * 1024),
  BACKROOM_LIMITS_PIXEL_EVENTS_PER_MINUTE: Rate.default(12_000),
  BACKROOM_LIMITS_PIXEL_ADDRESS_EVENTS_PER_MINUTE: Rate.default(3_000),
  BACKROOM_PRIVACY_REDACT_DELAY_HOURS: Hours.default(24),
  BACKROOM_PRIVACY_SHOP_REDACT_DELAY_HOURS: Hours.default(48),
  BACKROOM_PRIVACY_PACKAGE_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  BACKROOM_BACKUPS_KEEP: z.coerce.number().int().min(1).max(365).default(7),
  BACKROOM_PIXEL_KEEP_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  BACKROOM_PIXEL_KEEP_EVENTS: z.coerce.number().int().min(1000).max(100_000_000).default(10_000_000),
  BACKROOM_PIXEL_KEEP_MEGABYTES: z.coerce.number().int().min(10).max(10_000_000).default(20_000),
  SHOPIFY_API_KEY: z.string().min(8).optional(),
  SHOPIFY_API_SECRET: z.string().min(8).optional(),
  SHOPIFY_SCOPES: z.string().optional(),
  SHOPIFY_API_VERSION: z
    .string()
    .regex(/^\d{4}-(01|04|07|10)$/, 'must be a version such as 2026-10')
    .default(API_VERSION),
  SHOPIFY_SHOP: ShopDomain.optional(),
  SHOPIFY_ADMIN_TOKEN: z.string().min(8).optional(),
  NGROK_AUTHTOKEN: z.string().optional(),
  NGROK_DOMAIN: TunnelDomain.optional(),
  NGROK_SERVER_ADDR: z.string().min(1).optional(),
  NGROK_ROOT_CAS: z.string().min(1).optional(),
  DATABASE_URL: notYet('Postgres').optional(),
  REDIS_URL: notYet('Redis').optional(),
});
type Environment = z.output<typeof EnvironmentSchema>;

export interface Config extends Omit<Environment, 'BACKROOM_DATA_DIR'> {
  readonly dataDir: string;
}

/** Configuration that can't be used; the message names every wrong key at once. */
export class ConfigError extends Error {
  readonly hint = 'Correct these keys in the environment or in .env; docs/configuration.md lists every key.';

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a wrong value' : `${problems.length} wrong values`}:\n  ${problems.join('\n  ')}`,
    );
    this.name = 'ConfigError';
  }
}

const defaultDataDir = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string => {
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Backroom');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Backroom');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'backroom');
};

/**
 * Validates the environment (already merged with `.env`). Empty values count as absent, as in most `.env` templates.
 * @throws ConfigError naming each wrong or misspelt key, never echoing a value (it may be a secret).
 */
export const parseConfig = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): Config => {
  const known = new Set(Object.keys(EnvironmentSchema.shape));
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const problems: string[] = [];
  const insecure = tlsProblem(present);
  if (insecure !== null) problems.push(insecure);
  for (const key of Object.keys(present)) {
    if (key.startsWith('BACKROOM_') && !known.has(key)) problems.push(`${key}: unknown key`);
  }
  const parsed = EnvironmentSchema.safeParse(present);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (present.SHOPIFY_ADMIN_TOKEN !== undefined && present.SHOPIFY_SHOP === undefined) {
    problems.push('SHOPIFY_SHOP: is needed beside SHOPIFY_ADMIN_TOKEN');
  }
  if ((present.SHOPIFY_API_KEY === undefined) !== (present.SHOPIFY_API_SECRET === undefined)) {
    problems.push('SHOPIFY_API_KEY and SHOPIFY_API_SECRET: are only useful together');
  }
  if (problems.length > 0 || !parsed.success) throw new ConfigError(problems);
  const { BACKROOM_DATA_DIR, ...rest } = parsed.data;
  return { ...rest, dataDir: BACKROOM_DATA_DIR ?? defaultDataDir(platform, env) };
};
