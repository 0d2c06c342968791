import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, EnvironmentSchema, parseConfig } from './config.ts';

const messageOf = (env: Record<string, string>): string => {
  try {
    parseConfig(env, 'linux');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('parseConfig', () => {
  it('needs nothing', () => {
    const config = parseConfig({ HOME: '/home/x' }, 'linux');
    expect(config).toMatchObject({ BACKROOM_PRIVATE_PORT: 7700, BACKROOM_DEMO: 'off', BACKROOM_LIMITS: 'on' });
    expect(config.dataDir).toMatch(/backroom$/);
  });

  it('takes empty values as absent', () => {
    expect(messageOf({ BACKROOM_PRIVATE_PORT: '', SHOPIFY_SHOP: ' ', BACKROOM_ADMIN_KEY: '' })).toBe('');
  });

  it('names every wrong key in one message and echoes no value', () => {
    const wrong = {
      BACKROOM_MASTER_KEY: 'planted-master',
      BACKROOM_ADMIN_KEY: 'planted-admin',
      BACKROOM_PRIVATE_PORT: 'planted-port',
      BACKROOM_PUBLIC_URL: 'planted-url',
      BACKROOM_DEMO: 'planted-demo',
      BACKROOM_LOG_LEVEL: 'planted-level',
      BACKROOM_LIMITS_PIXEL_BODY_BYTES: 'planted-bytes',
      SHOPIFY_API_VERSION: 'planted-version',
      SHOPIFY_SHOP: 'planted.example',
      SHOPIFY_API_KEY: 'planted',
      BACKROOM_PLANTED: 'planted-unknown',
      DATABASE_URL: 'postgres://planted',
    };
    const message = messageOf(wrong);
    for (const key of Object.keys(wrong)) expect(message).toContain(`${key}`);
    expect(message).toContain('wrong values');
    expect(message).not.toMatch(/planted/);
  });

  it('names a misspelt BACKROOM_ key', () => {
    expect(messageOf({ BACKROOM_DATADIR: '/x' })).toContain('BACKROOM_DATADIR: unknown key');
  });

  it.each([
    'https://my-store.myshopify.com',
    'http://192.168.0.1:9',
    'http://127.0.0.1.evil.example',
    'ftp://localhost',
    'nonsense',
  ])('takes no stand-in at %s', (origin) =>
    expect(messageOf({ BACKROOM_SHOPIFY_ORIGIN: origin })).toContain('BACKROOM_SHOPIFY_ORIGIN'),
  );
  it.each(['http://127.0.0.1:9', 'http://localhost:9', 'http://[::1]:9'])('takes a stand-in at %s', (origin) =>
    expect(messageOf({ BACKROOM_SHOPIFY_ORIGIN: origin })).toBe(''),
  );

  it('wants what belongs together', () => {
    expect(messageOf({ SHOPIFY_ADMIN_TOKEN: 'shpat_12345678' })).toContain('SHOPIFY_SHOP: is needed');
    expect(messageOf({ SHOPIFY_API_KEY: '12345678' })).toContain('only useful together');
  });

  it('has a documented set of keys', () => {
    const file = new URL('../../../docs/configuration.md', import.meta.url);
    expect(existsSync(file), 'docs/configuration.md').toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(Object.keys(EnvironmentSchema.shape).filter((key) => !text.includes(key))).toEqual([]);
  });
});
