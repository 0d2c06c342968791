/** `node test/chaos/webhooks.mjs --rounds 50 [--deliveries 20000] [--seed 1]`: kills the built backend while webhooks come, and compares. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/lib/run.mjs';
import { startDemoProcess } from './demo-process.mjs';
import { runChaos } from './run.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    deliveries: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
  },
});
const { demo, stop } = await startDemoProcess(ROOT);
const started = performance.now();
try {
  const result = await runChaos({
    file: join(ROOT, 'dist/server/index.mjs'),
    demo,
    rounds: Number(values.rounds),
    count: Number(values.deliveries),
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
