import { bundleProgram, runProgram } from './lib.mjs';

const SMALL = 10_000;
const LARGE = 100_000;

/**
 * Pages, sorts, filters and searches of a store of `rows` orders (and what belongs to them) against one of 10,000. The ratio is that of the
 * kind that grows most; every kind's p95 is in the answer.
 */
export const browse = async ({ rows = LARGE } = {}) => {
  const { file, remove } = await bundleProgram('browse-load');
  const small = await runProgram(file, [String(SMALL)]);
  const large = await runProgram(file, [String(rows)], process.env.BENCH_DATA);
  remove();
  const kinds = Object.keys(large).map((kind) => ({ kind, p95: large[kind].p95, small: small[kind].p95 }));
  const worst = kinds.reduce((a, b) => (b.p95 / b.small > a.p95 / a.small ? b : a));
  return {
    name: 'browse',
    value: worst.p95,
    limit: worst.small,
    ratio: worst.p95 / worst.small,
    unit: 'ms',
    rows,
    worst: worst.kind,
    ...Object.fromEntries(
      kinds.flatMap(({ kind, p95, small: limit }) => [
        [`${kind}P95`, p95],
        [`${kind}P95Small`, limit],
      ]),
    ),
    slowest: Object.fromEntries(Object.entries(large).map(([kind, { slowest }]) => [kind, slowest])),
  };
};

/** Rows a second of an export as CSV, against reading the same columns and writing the same bytes with nothing in between. */
export const exportRows = async ({ rows = LARGE } = {}) => {
  const { file, remove } = await bundleProgram('export-load');
  const { perSecond, rawPerSecond } = await runProgram(file, [String(rows)], process.env.BENCH_DATA);
  remove();
  return {
    name: 'export',
    value: perSecond,
    limit: rawPerSecond,
    ratio: perSecond / rawPerSecond,
    unit: 'rows/s',
    rows,
  };
};
