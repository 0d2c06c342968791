import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, say } from './lib/run.mjs';

const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.build.json');
const SOURCES = ['main', 'server', 'shared', 'renderer', 'demo', 'extensions'];
const SINGLE_SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];

/** Bundles for Node and Electron. `sqlite3` and `@ngrok/ngrok` are native; `electron` is part of the runtime. */
const BUNDLES = [
  { entry: 'main/index.ts', out: 'main/index.mjs', format: 'esm' },
  { entry: 'main/preload.ts', out: 'main/preload.cjs', format: 'cjs' },
  { entry: 'server/index.ts', out: 'server/index.mjs', format: 'esm' },
  { entry: 'demo/cli.ts', out: 'demo/cli.mjs', format: 'esm' },
  { entry: 'demo/worker.ts', out: 'demo/worker.mjs', format: 'esm' },
];

// Bundled CommonJS packages still call these; ES modules do not have them.
const COMMONJS_NAMES = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __dirnameOf } from 'node:path';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __dirnameOf(__filename);',
].join('\n');

/** TypeORM names every driver it can work with; those that are not installed are asked for only when configured. */
const typeormDrivers = () => {
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'node_modules/typeorm/package.json'), 'utf8'));
  const needed = new Set(['reflect-metadata']);
  return [
    ...Object.keys(peerDependencies ?? {}).filter((name) => !needed.has(name)),
    'react-native-sqlite-storage',
    'oracledb',
  ];
};

const filesUnder = function* (folder) {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (!/\.(test\.\w+|md)$/.test(entry.name)) yield path;
  }
};

/** Changes whenever anything changes that the bundles are made of; by content, so that a checkout with new dates builds nothing. */
const fingerprint = () => {
  const hash = createHash('sha256');
  const folders = SOURCES.filter((folder) => existsSync(join(ROOT, folder)));
  for (const file of [...SINGLE_SOURCES, ...folders.flatMap((folder) => [...filesUnder(folder)])]) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
};

const buildBundles = async () => {
  const { build } = await import('esbuild');
  const external = ['electron', 'sqlite3', '@ngrok/ngrok', ...typeormDrivers()];
  await Promise.all(
    BUNDLES.map(async ({ entry, out, format }) => {
      await build({
        absWorkingDir: ROOT,
        entryPoints: [entry],
        outfile: join(DIST, out),
        bundle: true,
        platform: 'node',
        target: 'node20',
        format,
        external,
        banner: format === 'esm' ? { js: COMMONJS_NAMES } : {},
        loader: { '.graphql': 'text' },
        sourcemap: true,
        // Half the bytes to read at each start. Names stay: TypeORM tells errors and drivers apart by them, and logs show them.
        minifyWhitespace: true,
        minifySyntax: true,
        legalComments: 'none',
        logLevel: 'warning',
      });
    }),
  );
};

/** The web pixel, as Shopify would serve it to a shop's browsers. */
const buildExtension = async () => {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['extensions/web-pixel/src/index.ts'],
    outfile: join(DIST, 'extensions/web-pixel.js'),
    bundle: true,
    platform: 'browser',
    target: 'es2020',
    format: 'iife',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
};

const buildRenderer = async () => {
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'renderer'),
    configFile: join(ROOT, 'renderer/vite.config.ts'),
    logLevel: 'warn',
    build: {
      outDir: join(DIST, 'renderer'),
      rollupOptions: {
        onLog: (level, log, handle) => {
          // A comment in a dependency that only tells how well it can be shrunk.
          if (log.code !== 'INVALID_ANNOTATION') handle(level, log);
        },
      },
    },
  });
};

/** Builds everything into `dist/` when a source has changed since the last time, or always with `force`. */
export const buildAll = async ({ force = false } = {}) => {
  const now = fingerprint();
  const before = existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')).fingerprint : null;
  if (!force && before === now) return;
  const started = Date.now();
  mkdirSync(DIST, { recursive: true });
  rmSync(STAMP, { force: true });
  await Promise.all([buildBundles(), buildExtension(), buildRenderer()]);
  writeFileSync(STAMP, `${JSON.stringify({ fingerprint: now })}\n`);
  say(`build: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAll({ force: true });
