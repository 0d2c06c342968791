import { currencyDigits } from '../../shared/currency.ts';

/** What a number, an amount of money or a size looks like to a person. Pure, so that tables and tests share it. */

const NONE = '–';
const counts = new Intl.NumberFormat('en');
const moneyFormats = new Map<string, Intl.NumberFormat | null>();

const moneyFormat = (currency: string, trailingZeroDisplay: 'auto' | 'stripIfInteger'): Intl.NumberFormat | null => {
  const key = `${currency} ${trailingZeroDisplay}`;
  const known = moneyFormats.get(key);
  if (known !== undefined) return known;
  let made: Intl.NumberFormat | null;
  try {
    const digits = currencyDigits(currency);
    made = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      trailingZeroDisplay,
    });
  } catch (error) {
    // Intl knows only well-formed codes; a store with an odd one still gets its amounts, without a symbol.
    if (!(error instanceof RangeError)) throw error;
    made = null;
  }
  moneyFormats.set(key, made);
  return made;
};

export const formatCount = (value: number): string => counts.format(value);

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;

const money = (minor: number | null, currency: string | null, zeros: Parameters<typeof moneyFormat>[1]): string => {
  if (minor === null) return NONE;
  const format = currency === null ? null : moneyFormat(currency, zeros);
  if (format === null) return `${(minor / 100).toFixed(2)}${currency === null ? '' : ` ${currency}`}`;
  return format.format(minor / 10 ** currencyDigits(currency));
};

/** `minor` is in the currency's smallest unit: 1999 USD is $19.99, 1999 JPY is ¥1,999. */
export const formatMoney = (minor: number | null, currency: string | null): string => money(minor, currency, 'auto');

/** For an axis, whose numbers are mostly whole: $2,000 instead of $2,000.00. */
export const formatMoneyShort = (minor: number, currency: string | null): string =>
  money(minor, currency, 'stripIfInteger');

export const formatPriceRange = (min: number | null, max: number | null, currency: string | null): string =>
  min === null || max === null || min === max
    ? formatMoney(min ?? max, currency)
    : `${formatMoney(min, currency)} – ${formatMoney(max, currency)}`;

export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
};

/** Share of a known total in whole percent; `null` while the total is unknown. */
export const percent = (done: number, total: number | null): number | null =>
  total === null || total <= 0 ? null : Math.min(100, Math.floor((done / total) * 100));

/** `shop.myshopify.com` → `shop`: in a column that holds nothing else the common ending only costs room. */
export const shortShop = (shop: string): string => shop.replace(/\.myshopify\.com$/, '');
