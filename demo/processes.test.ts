import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backroom-demo-'));
  await build({
    entryPoints: ['cli', 'worker'].map((name) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
    // CommonJS packages in the bundle call `require` for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}, 30_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

// Starting a process takes long on a busy computer.
const SLOW = { timeout: 30_000 };

const READY = {
  event: 'ready',
  origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  shop: 'backroom-demo.myshopify.com',
  clientId: expect.stringMatching(/^[0-9a-f]{32}$/),
  clientSecret: expect.stringMatching(/^shpss_/),
  adminToken: expect.stringMatching(/^shpat_/),
};

describe('command', SLOW, () => {
  it('prints one ready line and ends with 0 on SIGTERM', async () => {
    const child = spawn(process.execPath, [join(folder, 'cli.mjs'), '--port', '0', '--seed', '1', '--products', '5']);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => lines.push(line));
    await once(reader, 'line');
    expect(JSON.parse(lines[0] ?? '')).toEqual(READY);
    child.kill('SIGTERM');
    // Windows has no signals: there the process just ends.
    const [code] = await once(child, 'exit');
    if (process.platform !== 'win32') expect(code).toBe(0);
    expect(lines).toHaveLength(1);
  });

  it('says what is wrong with its arguments', async () => {
    const child = spawn(process.execPath, [join(folder, 'cli.mjs'), '--products', 'many']);
    let errors = '';
    child.stderr.on('data', (part: Buffer) => {
      errors += part.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(errors).toBe('demo store: --products must be a whole number, not "many"\n');
  });
});

describe('worker', SLOW, () => {
  it('posts the ready object and ends on close', async () => {
    const worker = new Worker(join(folder, 'worker.mjs'), { workerData: { products: 5, traffic: true } });
    const [ready] = await once(worker, 'message');
    expect(ready).toEqual(READY);
    worker.postMessage('close');
    const [code] = await once(worker, 'exit');
    expect(code).toBe(0);
  });

  it('ends with an error that says what was wrong', async () => {
    const worker = new Worker(join(folder, 'worker.mjs'), { workerData: { port: 'x' } });
    const failure = await new Promise((resolve) => worker.once('error', resolve));
    expect(String(failure)).toContain('port');
  });
});
