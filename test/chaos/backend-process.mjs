import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The built backend as a process of its own, which a test may kill. `BENCH_NODE_ARGS` is handed to Node, as in the benchmarks. */
export const startBackend = async ({ file, dataDir, demo, keys }) => {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...(process.env.BENCH_NODE_ARGS?.split(' ') ?? []), file], {
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH,
      HOME,
      BACKROOM_DATA_DIR: dataDir,
      BACKROOM_PRIVATE_PORT: '0',
      BACKROOM_PUBLIC_PORT: '0',
      BACKROOM_LIMITS: 'off',
      BACKROOM_DEMO: 'off',
      BACKROOM_ADMIN_KEY: keys.admin,
      BACKROOM_MASTER_KEY: keys.master,
      BACKROOM_SHOPIFY_ORIGIN: demo.origin,
      SHOPIFY_API_KEY: demo.clientId,
      SHOPIFY_API_SECRET: demo.clientSecret,
      SHOPIFY_SHOP: demo.shop,
      SHOPIFY_ADMIN_TOKEN: demo.adminToken,
    },
  });
  const ready = await new Promise((resolve, reject) => {
    let last = '';
    child.once('exit', (code) => reject(new Error(`the backend ended with ${code}: ${last.slice(-1000)}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line));
    });
  });
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    publicUrl: ready.public,
    pid: child.pid,
    /** As a crash or a power cut: nothing is said goodbye to. */
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    get: async (path) => {
      const answer = await fetch(new URL(`/api/v1${path}`, ready.private), {
        headers: { authorization: `Bearer ${keys.admin}` },
      });
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
      return answer.json();
    },
  };
};
