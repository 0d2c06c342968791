import { describe, expect, it } from 'vitest';
import { formatBytes, formatMoney, formatMoneyShort, formatPriceRange, percent, plural, shortShop } from './format.ts';

describe('formatMoney', () => {
  it('uses the minor unit of the currency', () => {
    expect(formatMoney(1999, 'USD')).toBe('$19.99');
    expect(formatMoney(1999, 'JPY')).toBe('¥1,999');
    expect(formatMoney(1999, 'KWD')).toContain('1.999');
    // `Intl` counts these without digits, Shopify and this database with them.
    expect(formatMoney(123_450, 'HUF')).toContain('1,234.50');
    expect(formatMoney(123_450, 'COP')).toContain('1,234.50');
    expect(formatMoney(1999, 'IQD')).toContain('1.999');
  });

  it('shows an unknown amount, currency or odd code without failing', () => {
    expect(formatMoney(null, 'USD')).toBe('–');
    expect(formatMoney(500, null)).toBe('5.00');
    expect(formatMoney(500, 'not a code')).toBe('5.00 not a code');
  });

  it('leaves out on an axis what says nothing', () => {
    expect(formatMoneyShort(200_000, 'USD')).toBe('$2,000');
    expect(formatMoneyShort(50, 'USD')).toBe('$0.50');
  });

  it('shows a range only when there is one', () => {
    expect(formatPriceRange(100, 100, 'EUR')).toBe('€1.00');
    expect(formatPriceRange(100, 250, 'EUR')).toBe('€1.00 – €2.50');
    expect(formatPriceRange(null, null, 'EUR')).toBe('–');
  });
});

describe('counts and sizes', () => {
  it('names them', () => {
    expect(plural(1, 'store')).toBe('1 store');
    expect(plural(1240, 'product')).toBe('1,240 products');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1200)).toBe('1.2 kB');
    expect(formatBytes(999_600)).toBe('1.0 MB');
    expect(formatBytes(18_420_000)).toBe('18 MB');
  });

  it('gives a share only of a known total, and never more than all', () => {
    expect(percent(1, 3)).toBe(33);
    expect(percent(5, 4)).toBe(100);
    expect(percent(5, null)).toBeNull();
    expect(percent(0, 0)).toBeNull();
  });

  it('shortens shop domains', () => {
    expect(shortShop('main-street.myshopify.com')).toBe('main-street');
  });
});
