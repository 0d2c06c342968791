import { z } from 'zod';

/** Stricter than Shopify's own helper: one label under myshopify.com, lower case, anchored at both ends. */
const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/;

export const ShopDomain = z.string().regex(SHOP_DOMAIN, 'must be a shop domain such as my-store.myshopify.com');

export const isShopDomain = (value: string): boolean => SHOP_DOMAIN.test(value);

/**
 * What people type or paste (`My-Store`, `https://my-store.myshopify.com/admin`, `admin.shopify.com/store/my-store`) as a shop
 * domain, or `null` when it can't be one.
 */
export const normalizeShopDomain = (input: string): string | null => {
  const text = input
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  const admin = /^admin\.shopify\.com\/store\/([^/?#]+)/.exec(text);
  const host = admin ? admin[1] : text.split(/[/?#]/, 1)[0];
  if (!host) return null;
  const domain = host.includes('.') ? host : `${host}.myshopify.com`;
  return SHOP_DOMAIN.test(domain) ? domain : null;
};
