/**
 * The contract of the private door, one file an area. Times are UTC ISO strings; money is integer minor units beside its ISO 4217
 * currency; ids are Shopify gids or UUIDv7.
 */
export * from './api/backups.ts';
export * from './api/browse.ts';
export * from './api/common.ts';
export * from './api/pixel.ts';
export * from './api/pixel-rules.ts';
export * from './api/privacy.ts';
export * from './api/records.ts';
export * from './api/settings.ts';
export * from './api/stats.ts';
export * from './api/stores.ts';
export * from './api/system.ts';
export * from './api/tasks.ts';
export * from './api/tunnel.ts';
export * from './api/webhooks.ts';
