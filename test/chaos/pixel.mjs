/**
 * `node test/chaos/pixel.mjs [--seconds 600] [--kill-every 20] [--seed 1]`: bursts of pixel events at the built backend, which is killed (-9)
 * meanwhile; then every event that got a 204 must be there exactly once.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/lib/run.mjs';
import { startDemoProcess } from './demo-process.mjs';
import { byTime, runPixelChaos } from './pixel-run.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    'kill-every': { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    root: { type: 'string', default: ROOT },
  },
});
const { demo, stop } = await startDemoProcess(values.root);
const started = performance.now();
try {
  const result = await runPixelChaos({
    file: join(values.root, 'dist/server/index.mjs'),
    demo,
    pace: byTime({ seconds: Number(values.seconds), killEverySeconds: Number(values['kill-every']) }),
    seed: Number(values.seed),
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`ok in ${Math.round((performance.now() - started) / 1000)} s: ${JSON.stringify(result)}\n`);
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  stop();
}
