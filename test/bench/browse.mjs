import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../../scripts/lib/run.mjs';
import { temporaryFolder } from './lib.mjs';

const SMALL = 10_000;
const LARGE = 100_000;

/** Bundles a program as the backend is, inside the project, so that the one native package is found. */
const bundled = async (name) => {
  const folder = temporaryFolder(join(ROOT, 'node_modules'));
  const file = join(folder.path, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, `test/bench/${name}.ts`)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return { file, remove: folder.remove };
};

/** Each measurement in a process of its own, on a data folder of its own. `BENCH_DATA` names one to keep, since a million rows take minutes. */
const measured = async (file, rows, keep) => {
  const folder = keep === undefined ? temporaryFolder() : { path: keep, remove: () => undefined };
  const child = spawn(process.execPath, [file, folder.path, String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  folder.remove();
  if (code !== 0) throw new Error(`the process ended with code ${code}`);
  return JSON.parse(text);
};

/**
 * Pages, sorts, filters and searches of a store of `rows` orders (and what belongs to them) against one of 10,000. The ratio is that of the
 * kind that grows most; every kind's p95 is in the answer.
 */
export const browse = async ({ rows = LARGE } = {}) => {
  const { file, remove } = await bundled('browse-load');
  const small = await measured(file, SMALL);
  const large = await measured(file, rows, process.env.BENCH_DATA);
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
  const { file, remove } = await bundled('export-load');
  const { perSecond, rawPerSecond } = await measured(file, rows, process.env.BENCH_DATA);
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
