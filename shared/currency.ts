/**
 * Digits after the point by ISO 4217, for the currencies that differ from two. `Intl` has other digits for some (HUF, COP, IDR and IQD as
 * cash is counted), and amounts that are stored with one count and shown with another are wrong by a hundred or a thousand.
 */
const FRACTION_DIGITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

/** Decimal digits of a currency's amounts: 2 for USD, 0 for JPY; 2 where it is not known. */
export const currencyDigits = (currency: string | null): number => FRACTION_DIGITS.get(currency ?? '') ?? 2;
