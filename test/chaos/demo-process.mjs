import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ARGUMENTS = '--port 0 --seed 1 --products 5 --orders 0 --customers 0 --traffic off'.split(' ');

/** The built stand-in store as a process of its own, without traffic. */
export const startDemoProcess = async (root) => {
  const store = spawn(process.execPath, [join(root, 'dist/demo/cli.mjs'), ...ARGUMENTS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const demo = await new Promise((resolve, reject) => {
    store.once('exit', (code) => reject(new Error(`the stand-in store ended with ${code}`)));
    createInterface({ input: store.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line));
    });
  });
  return { demo, stop: () => store.kill('SIGTERM') };
};
