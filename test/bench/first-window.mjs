import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { readElectronRuntime } from '../../scripts/electron-runtime.mjs';
import { ROOT } from '../../scripts/lib/run.mjs';
import { cleanUp, median, neutralEnvironment, sleep, temporaryFolder } from './lib.mjs';

const ROUNDS = 3;
const SETTLE_MS = 2500;
const HELLO = fileURLToPath(new URL('./hello', import.meta.url));

/** The carried runtime starts the app in its resources, so the other app gets a runtime of hard links beside it. */
const runtimeFor = (runtime, app) => {
  if (runtime.source === 'electron') return { executablePath: runtime.executablePath, args: [app] };
  const from = dirname(runtime.executablePath);
  const to = temporaryFolder(dirname(from)).path;
  const mirror = (folder) => {
    mkdirSync(join(to, folder), { recursive: true });
    for (const entry of readdirSync(join(from, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (path === 'resources') continue;
      if (entry.isDirectory()) mirror(path);
      else {
        try {
          linkSync(join(from, path), join(to, path));
        } catch {
          copyFileSync(join(from, path), join(to, path));
        }
      }
    }
  };
  mirror('');
  cpSync(app, join(to, 'resources', 'app'), { recursive: true });
  return { executablePath: runtime.executablePath.replace(from, to), args: [] };
};

/** Resident memory of a process and all it started, in bytes. */
const treeMemory = (root) => {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const [pid, parent] of rows) if (tree.has(parent)) tree.add(pid);
  }
  return rows.reduce((sum, [pid, , rss]) => sum + (tree.has(pid) ? rss * 1024 : 0), 0);
};

/**
 * In the page: when its first content was painted, and when what `selector` names was on screen, in milliseconds since 1970. When it
 * was there before this could look, the second is late by as much: an upper bound.
 */
const paintTimes = (selector) =>
  new Promise((resolve) => {
    const look = () => {
      const painted = performance.getEntriesByName('first-contentful-paint')[0];
      if (painted === undefined || document.querySelector(selector) === null) requestAnimationFrame(look);
      else
        resolve({
          painted: performance.timeOrigin + painted.startTime,
          usable: performance.timeOrigin + performance.now(),
        });
    };
    look();
  });

/** Starts an app as a person would, without a debugger to wait for, and asks its page afterwards when it was painted. */
const measure = async ({ executablePath, args }, { env, selector }) => {
  const sandbox = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  const spawned = Date.now();
  const child = spawn(executablePath, [...args, ...sandbox, '--disable-gpu', '--remote-debugging-port=0'], {
    env: neutralEnvironment(env),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  process.once('exit', end);
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const address = await new Promise((resolve, reject) => {
      let text = '';
      const timer = setTimeout(() => reject(new Error(`Electron did not start within 15 s: ${text}`)), 15_000);
      child.once('error', reject);
      child.stderr.setEncoding('utf8').on('data', (more) => {
        text = (text + more).slice(-4000);
        const found = /DevTools listening on (ws:\S+)/.exec(text);
        if (found === null) return;
        clearTimeout(timer);
        resolve(found[1]);
      });
    });
    // Playwright does not see a window that is created while it connects.
    const list = new URL('/json/list', address.replace('ws:', 'http:'));
    for (const deadline = Date.now() + 15_000; ; await sleep(20)) {
      const targets = await (await fetch(list)).json();
      if (targets.some(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank')) break;
      if (Date.now() > deadline) throw new Error('Electron opened no window within 15 s.');
    }
    const browser = await chromium.connectOverCDP(address, { timeout: 15_000 });
    const [context] = browser.contexts();
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: 15_000 }));
    const times = page.evaluate(paintTimes, selector);
    const { painted, usable } = await Promise.race([
      times,
      sleep(15_000).then(() => Promise.reject(new Error(`no ${selector} within 15 s`))),
    ]);
    await sleep(SETTLE_MS);
    return { ms: painted - spawned, usableMs: usable - spawned, bytes: treeMemory(child.pid) };
  } finally {
    end();
    await ended;
    process.removeListener('exit', end);
  }
};

/** Xvfb gives this script a display of its own where there is none. */
const againUnderXvfb = () => {
  if (spawnSync('xvfb-run', ['--help']).error)
    throw new Error('There is no display, and xvfb-run is not installed (Debian: `apt-get install xvfb`).');
  const script = `import(${JSON.stringify(import.meta.url)}).then(async (m) => { console.log(JSON.stringify(await m.firstWindow())); process.exit(0); })`;
  const options = { encoding: 'utf8', cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], timeout: 90_000 };
  const { status, stdout } = spawnSync(
    'xvfb-run',
    ['-a', process.execPath, '--input-type=module', '-e', script],
    options,
  );
  if (status !== 0) throw new Error('The measurement under xvfb-run failed; see above.');
  return JSON.parse(stdout.trim().split('\n').at(-1));
};

/** From start to the first window painted, and the memory of all processes a moment later; Backroom with no store and no demo, then hello world. */
export const firstWindow = async () => {
  if (process.platform === 'win32')
    throw new Error('first-window reads processes with `ps`, so it runs on Linux and macOS only.');
  const runtime = readElectronRuntime();
  if (runtime === null) throw new Error('There is no Electron runtime here: run `node scripts/setup.mjs` first.');
  if (!existsSync(join(ROOT, 'dist/main/index.mjs')))
    throw new Error('The app is not built yet: run `node scripts/build.mjs`.');
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return againUnderXvfb();

  const hello = runtimeFor(runtime, HELLO);
  const runHello = async () => {
    const folder = temporaryFolder();
    const result = await measure(hello, { env: { HELLO_DATA_DIR: folder.path }, selector: 'h1' });
    folder.remove();
    return result;
  };
  const runBackroom = async () => {
    const folder = temporaryFolder();
    const env = {
      BACKROOM_DATA_DIR: folder.path,
      BACKROOM_PUBLIC_PORT: '0',
      BACKROOM_PRIVATE_PORT: '0',
      BACKROOM_DEMO: 'off',
    };
    const result = await measure(runtime, { env, selector: 'nav' });
    folder.remove();
    return result;
  };
  try {
    // The first start of either reads the program from disk.
    await runHello();
    const limits = [];
    const values = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      limits.push(await runHello());
      values.push(await runBackroom());
    }
    const of = (list, key) => median(list.map((each) => each[key]));
    const [value, limit, memory, memoryLimit] = [
      of(values, 'ms'),
      of(limits, 'ms'),
      of(values, 'bytes'),
      of(limits, 'bytes'),
    ];
    return {
      name: 'first-window',
      value,
      limit,
      ratio: value / limit,
      unit: 'ms',
      memory,
      memoryLimit,
      memoryRatio: memory / memoryLimit,
      memoryUnit: 'bytes',
      // The first paint is a static frame; this is the console itself, with its navigation. Not part of the goal, but of the truth.
      usable: of(values, 'usableMs'),
      usableRatio: of(values, 'usableMs') / limit,
    };
  } finally {
    cleanUp();
  }
};
