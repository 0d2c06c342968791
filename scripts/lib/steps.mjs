import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { lastLine, npm, ROOT, run, say } from './run.mjs';

const STAMP = join(ROOT, '.runtime', 'setup.json');

/** What Electron, Playwright and a headless display need on Debian and its relatives. */
const DEBIAN_PACKAGES = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libnotify4',
  'libxss1',
  'libxtst6',
  'chromium',
];

const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

const isFor = (list, value) =>
  list === undefined ||
  list.includes(value) ||
  (list.some((each) => each.startsWith('!')) && !list.includes(`!${value}`));

/**
 * Whether `node_modules` holds what the lock file asks for. npm keeps its own record of what it installed; comparing the two is
 * exact, also after somebody ran `npm install`, and leaves a good folder alone.
 */
const installedFitsLock = () => {
  const lock = readJson(join(ROOT, 'package-lock.json'));
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installed === null) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional) return true;
    if (!isFor(wanted.os, process.platform) || !isFor(wanted.cpu, process.arch)) return true;
    return installed.packages[path]?.version === wanted.version;
  });
};

/**
 * The commands of package.json begin with `exec`, so that no shell stands between npm and the program and keeps its signals (SIGTERM to
 * `npm run serve` has to drain the backend). Windows has neither the word nor the signals; there a small script stands in for it.
 */
const placeExecForWindows = () => {
  if (process.platform !== 'win32') return;
  const file = join(ROOT, 'node_modules', '.bin', 'exec.cmd');
  if (!existsSync(file)) writeFileSync(file, '@%*\r\n');
};

/** The packages of the lock file. Install scripts stay off; the two that are needed run below, in sight. */
export const installPackages = async () => {
  if (!installedFitsLock()) await installFromLock();
  placeExecForWindows();
};

const installFromLock = async () => {
  say('packages: installing from the lock file (npm ci)');
  const started = Date.now();
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0)
    throw new Error('`npm ci` failed; its message is above. The registry must be reachable the first time.');
  say(`packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
};

const sqliteLoads = () => {
  try {
    createRequire(join(ROOT, 'package.json'))('sqlite3');
    return null;
  } catch (error) {
    return error;
  }
};

/** SQLite's native module: downloaded ready-made when its host is in reach, else compiled. */
export const prepareSqlite = async () => {
  if (sqliteLoads() === null) return;
  say('sqlite3: getting its native module (when it has to be compiled, this takes a minute or two)');
  const started = Date.now();
  const { code, output } = await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
    quiet: true,
    env: { ...process.env, JOBS: 'max' },
  });
  // A failed require is remembered by Node, so a fresh process has to find out.
  const check = await run(process.execPath, ['-e', "require('sqlite3')"], { quiet: true });
  if (check.code !== 0) {
    process.stderr.write(output);
    throw new Error(
      `sqlite3 has no native module for this computer (npm exit code ${code}). Compiling it needs Python 3 and a C++ compiler ` +
        '(Debian: build-essential python3; macOS: xcode-select --install; Windows: Visual Studio Build Tools). Install them and start again.',
    );
  }
  say(`sqlite3: ready after ${Math.round((Date.now() - started) / 1000)} s`);
};

/** Newer Debian and Ubuntu releases renamed some libraries (`libgtk-3-0t64`). */
const missingPackages = async () => {
  const names = DEBIAN_PACKAGES.flatMap((name) => [name, `${name}t64`]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const { code, output } = await run('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names], {
    quiet: true,
  });
  if (code === null) return null;
  const installed = new Set([...output.matchAll(/^(\S+) installed$/gm)].map((match) => match[1]));
  return DEBIAN_PACKAGES.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
};

const readStamp = () => readJson(STAMP) ?? {};
const writeStamp = (changes) => {
  mkdirSync(join(ROOT, '.runtime'), { recursive: true });
  writeFileSync(STAMP, `${JSON.stringify({ ...readStamp(), ...changes }, null, 2)}\n`);
};

/** Installs a failed package alone could block all others, so they are tried together first and one by one after that. */
const aptInstall = async (names) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = (list) =>
    run('apt-get', ['install', '--no-install-recommends', '-y', '-q', ...list], { quiet: true, env });
  const update = await run('apt-get', ['update', '-q'], { quiet: true, env });
  if (update.code !== 0) say(`Debian packages: apt-get update failed (${lastLine(update.output)})`);
  if ((await install(names)).code === 0) return;
  for (const name of names) {
    const { code, output } = await install([name]);
    if (code !== 0) say(`Debian packages: ${name} could not be installed (${lastLine(output)})`);
  }
};

/** Libraries for Electron and a browser for the tests, on Linux with dpkg. Never fatal: much works without them. */
export const installDebianPackages = async () => {
  if (process.platform !== 'linux') return;
  const missing = await missingPackages();
  if (missing === null || missing.length === 0) return;
  const list = missing.join(' ');
  // What could not be had is not tried again at each start; it is said once, and again when the list changes.
  if (readStamp().debianPackagesGivenUp === list) return;
  if (process.getuid() === 0) {
    say(`Debian packages: installing ${list}`);
    await aptInstall(missing);
  }
  const still = (await missingPackages()).join(' ');
  if (still === '') {
    say('Debian packages: installed');
    return;
  }
  say(
    `Debian packages: missing: ${still}. The desktop window or the tests may need them: sudo apt-get install --no-install-recommends ${still}`,
  );
  writeStamp({ debianPackagesGivenUp: still });
};
