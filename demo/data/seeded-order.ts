import type { SortKey } from './ordered-list.ts';

/** Rows of the seed in one order, without the rows themselves. */
export interface SeededOrder {
  readonly length: number;
  indexAt(position: number): number;
  keyAt(position: number): SortKey;
}

/** How rows are sorted by one of Shopify's sort keys. */
export interface SortRule<Row> {
  ofRow(row: Row): number | string;
  /** The same value for a row of the seed, without building it. Whole numbers below 2^31 × `unit`. */
  readonly ofIndex?: (index: number) => number;
  /** What values are multiples of: 1000 for times. */
  readonly unit?: number;
  /** Values never fall as the index rises: no sorting is needed. */
  readonly isMonotonic?: boolean;
}

const INDEX_SPACE = 2 ** 21;
/** More rows than this do not fit beside a 31-bit value into a double. */
export const MAX_SEEDED_ROWS = INDEX_SPACE - 1;

/**
 * Sorts the rows of a seed by a rule. A million numbers take 8 MB and a tenth of a second, since value and index share one double; texts
 * need the rows built once.
 */
export const orderSeeded = <Row>(
  count: number,
  rule: SortRule<Row>,
  idOf: (index: number) => number,
  generate: (index: number) => Row,
): SeededOrder => {
  const { ofIndex } = rule;
  if (ofIndex && rule.isMonotonic)
    return {
      length: count,
      indexAt: (position) => position,
      keyAt: (position) => [ofIndex(position), idOf(position)],
    };
  if (ofIndex) {
    const unit = rule.unit ?? 1;
    const packed = new Float64Array(count);
    for (let index = 0; index < count; index += 1) packed[index] = (ofIndex(index) / unit) * INDEX_SPACE + index;
    packed.sort();
    const indexAt = (position: number): number => (packed[position] ?? 0) % INDEX_SPACE;
    return {
      length: count,
      indexAt,
      keyAt: (position) => {
        const index = indexAt(position);
        return [(((packed[position] ?? 0) - index) / INDEX_SPACE) * unit, idOf(index)];
      },
    };
  }
  const entries = Array.from({ length: count }, (_, index) => ({ index, value: rule.ofRow(generate(index)) }));
  entries.sort((left, right) =>
    left.value === right.value ? left.index - right.index : left.value < right.value ? -1 : 1,
  );
  const entryAt = (position: number): { index: number; value: number | string } =>
    entries[position] ?? { index: 0, value: '' };
  return {
    length: count,
    indexAt: (position) => entryAt(position).index,
    keyAt: (position) => [entryAt(position).value, idOf(entryAt(position).index)],
  };
};
