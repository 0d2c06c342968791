/** Digits after the point by ISO 4217, for the currencies that differ from two. */
const FRACTION_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Shopify's decimal string (`"12.30"`) as integer minor units (1230), without passing through a float; `null` for what is no amount. */
export const toMinorUnits = (amount: string | null | undefined, currency: string | null): number | null => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount ?? '');
  if (!match) return null;
  const digits = FRACTION_DIGITS[currency ?? ''] ?? 2;
  const fraction = (match[3] ?? '').padEnd(digits, '0').slice(0, digits);
  const value = Number(`${match[2]}${fraction}`);
  return Number.isSafeInteger(value) ? (match[1] === '-' ? -value : value) : null;
};

/** Minor units as Shopify writes an amount: 1230 is `"12.30"`. */
export const toDecimal = (minor: number, currency: string | null): string => {
  const digits = FRACTION_DIGITS[currency ?? ''] ?? 2;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? '-' : ''}${digits === 0 ? whole : `${whole}.${text.slice(text.length - digits)}`}`;
};
