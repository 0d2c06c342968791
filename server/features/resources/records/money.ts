import { currencyDigits } from '../../../../shared/currency.ts';

/** Shopify's decimal string (`"12.30"`) as integer minor units (1230), without passing through a float; `null` for what is no amount. */
export const toMinorUnits = (amount: string | null | undefined, currency: string | null): number | null => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount ?? '');
  if (!match) return null;
  const digits = currencyDigits(currency);
  const fraction = (match[3] ?? '').padEnd(digits, '0').slice(0, digits);
  const value = Number(`${match[2]}${fraction}`);
  return Number.isSafeInteger(value) ? (match[1] === '-' ? -value : value) : null;
};

/** Minor units as Shopify writes an amount: 1230 is `"12.30"`. */
export const toDecimal = (minor: number, currency: string | null): string => {
  const digits = currencyDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? '-' : ''}${digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`}`;
};
