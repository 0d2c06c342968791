import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';
import { withTightHeap } from './tight-heap.ts';

/** Makes 200 MB of what lives a little and then is garbage, loose and then tight, and says how much of it lay in the old space at most. */
const CHURN = `
import { getHeapSpaceStatistics } from 'node:v8';
import { withTightHeap } from './tight-heap.ts';
const churn = async () => {
  const kept = [];
  let most = 0;
  for (let made = 0; made < 200; made += 1) {
    kept[made % 6] = Array.from({ length: 8000 }, (_value, at) => made + ' ' + at + 'x'.repeat(20));
    most = Math.max(most, getHeapSpaceStatistics().find((space) => space.space_name === 'old_space').space_used_size / 2 ** 20);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return most;
};
// The first of each still has the limit of before, up to the next full collection.
const twice = async () => [await churn(), await churn()][1];
const loose = await twice();
console.log(JSON.stringify({ loose, tight: await withTightHeap(twice), again: await twice() }));
`;

it('lets less garbage lie about while the work runs', () => {
  const { outputFiles } = buildSync({
    stdin: { contents: CHURN, resolveDir: join(import.meta.dirname) },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', outputFiles[0]?.text ?? ''], {
    encoding: 'utf8',
  });
  const { loose, tight, again } = JSON.parse(told) as { loose: number; tight: number; again: number };
  expect(tight).toBeLessThan(loose * 0.85);
  expect(tight).toBeLessThan(again * 0.85);
});

it('hands on what the work throws', async () => {
  await expect(withTightHeap(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
