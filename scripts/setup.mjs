// Everything a fresh clone needs, behind `npm start`, `npm test` and the other commands. Imports nothing that has to be installed
// first. Each step looks whether there is anything to do, so that a second run costs next to nothing.
import process from 'node:process';

const MINIMUM = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  process.stderr.write(
    `Backroom needs Node ${MINIMUM.join('.')} or later; this is ${process.versions.node}. Install a current LTS release from nodejs.org.\n`,
  );
  process.exit(1);
}

/** Which steps a command needs: a headless backend has no use for Electron. */
const STEPS = {
  start: ['packages', 'sqlite', 'system', 'electron', 'build'],
  test: ['packages', 'sqlite', 'system', 'electron', 'build'],
  bench: ['packages', 'sqlite', 'system', 'electron', 'build'],
  package: ['packages', 'sqlite', 'electron', 'build'],
  serve: ['packages', 'sqlite', 'build'],
  'demo-store': ['packages', 'build'],
  check: ['packages', 'sqlite'],
};

const command = process.argv[2] ?? 'start';
const steps = STEPS[command];
if (steps === undefined) {
  process.stderr.write(`setup: unknown command "${command}"; known: ${Object.keys(STEPS).join(', ')}\n`);
  process.exit(1);
}

const { installDebianPackages, installPackages, prepareSqlite } = await import('./lib/steps.mjs');

const RUN = {
  packages: installPackages,
  sqlite: prepareSqlite,
  system: installDebianPackages,
  electron: async () => (await import('./electron-runtime.mjs')).ensureElectronRuntime(),
  build: async () => (await import('./build.mjs')).buildAll(),
};

try {
  for (const step of steps) await RUN[step]();
} catch (error) {
  process.stderr.write(`[backroom] set-up stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
