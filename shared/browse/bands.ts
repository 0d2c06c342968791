/** How the charts group rows; the running totals are kept by these bounds, so another bound needs a migration that counts anew. */

/** So many pieces or fewer are little stock, none is none. */
export const LOW_STOCK = 10;
/** What customers have spent, in minor units, from the lowest of each band. */
export const SPENT_FROM = [0, 1, 5_000, 10_000, 50_000, 100_000] as const;
/** How often customers have ordered, from the lowest of each band. */
export const ORDERS_FROM = [0, 1, 2, 4, 10] as const;

/** The highest of the band that begins with `from`; null for the last. */
export const endOfBand = (bounds: readonly number[], from: number): number | null => {
  const next = bounds[bounds.indexOf(from) + 1];
  return next === undefined ? null : next - 1;
};
